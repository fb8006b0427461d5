import type { DrawnPage } from './drawing';
import { toExportFileName } from './format';
import { exactRow } from './manifest';
import { proveRecord, UnprovedError } from './prove-record';
import type { Recipe } from './recipe';
import type { ProvedItem } from './store';
import { toPieceItem } from './to-facts';
import type { ExportFacts } from './types';

/** A label of a page: its place from 0, and whose it is. */
export type Label = { place: number; facts: ExportFacts };

/** Some pages to make; `begun` are the codes whose first label is on them, `from` the position of the first. */
export type PagesPiece = { firstPage: number; from: number; begun: ExportFacts[]; pages: Label[][] };

/**
 * Compares each label, copies too, with everything that is said of its code: page, caption, facts, scene and url are one record.
 *
 * @returns the codes that begin on these pages
 * @throws UnprovedError  two of them differ
 */
export function provePages(
  { total, createdOn, drawing }: Pick<Recipe, 'total' | 'createdOn' | 'drawing'>,
  { firstPage, pages, drawn, begun }: PagesPiece & { drawn: DrawnPage[] },
): ProvedItem[] {
  const name = toExportFileName({ as: 'pdf', total, day: createdOn });
  const proved = new Map<string, ProvedItem>();
  for (const [at, labels] of pages.entries()) {
    const page = drawn[at];
    if (!page || page.texts.length !== labels.length) {
      throw new UnprovedError('a page holds more or fewer labels than it should');
    }
    const { crc32, sha256 } = page;
    // As RFC 8118 names a page of a PDF.
    const fileName = `${name}#page=${firstPage + at + 1}`;
    for (const [place, { facts }] of labels.entries()) {
      const file = {
        bytes: page.content.length,
        crc32,
        sha256,
        decoded: page.texts[place] ?? '',
        captionLines: page.captions[place] ?? [],
      };
      const { caption } = toPieceItem(facts, '', drawing.design);
      proveRecord({
        fileName,
        facts,
        ...file,
        caption,
        row: exactRow({ fileName, facts, sha256 }),
        merge: null,
      });
      if (!proved.has(facts.codeId)) proved.set(facts.codeId, { fileName, facts, file });
    }
  }
  return begun.flatMap(({ codeId }) => proved.get(codeId) ?? []);
}
