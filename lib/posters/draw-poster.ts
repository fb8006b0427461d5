import type { DesignRefusal, LogoImage, PrintDesignSettings } from '../print/design-types';
import { logoPixels } from '../print/drawing/logo-pixels';
import { colourOperator, mmToPoints, outlineOperators, paintPicture } from '../print/drawing/paint';
import {
  type PdfBody,
  pdfBody,
  pdfInfo,
  pdfLogo,
  pdfStream,
  pdfText,
  searchableCaption,
  searchFontObjects,
} from '../print/drawing/pdf-objects';
import { layOutPicture, type Picture } from '../print/drawing/picture';
import { type SetCaption, setCaption } from '../print/drawing/set-caption';
import { placeOutline, ReadBackError, short } from '../qr';
import { readRendered } from './read-rendered';
import { renderPage } from './render-page';
import type { PosterDrawing, PosterPlacement } from './types';

/** Pixels a module at which the rendered page is read. */
const PX_PER_MODULE = 6;

const encoder = new TextEncoder();

export type PosterFile =
  | { outcome: 'drawn'; bytes: Uint8Array; decoded: string; captionLines: string[] }
  | { outcome: 'refused'; refusal: DesignRefusal }
  | { outcome: 'unreadable'; why: string };

/**
 * Sets one code upon a poster and reads it back from the rendered page.
 *
 * @param design  its caption is what stands in the line, or below the symbol where the poster has none
 */
export async function drawPoster(
  poster: PosterDrawing,
  { design, logo }: { design: PrintDesignSettings; logo: LogoImage | null },
  item: { url: string; caption: string | null; title: string },
): Promise<PosterFile> {
  const { placement } = poster;
  const below = placement.line ? null : item.caption;
  const laidOut = layOutPicture({ ...item, caption: below }, design, false);
  if ('refusal' in laidOut) return { outcome: 'refused', refusal: laidOut.refusal };
  const { picture } = laidOut;
  const pixels = picture.logoBox && logo ? await logoPixels(logo, design.background, null) : null;
  const line = layOutLine(placement.line, item.caption);
  const place = {
    leftPt: mmToPoints(placement.code.leftMm),
    topPt: mmToPoints(poster.heightMm - placement.code.topMm),
  };
  const content = [
    paintPicture(picture, place, pixels ? '/Logo Do' : '', placement.hasPatch),
    searchableCaption(picture, place),
    placement.line && line ? paintLine(placement.line, line, poster.heightMm) : '',
  ].join('');
  const { anchors } = poster;
  const tail = writeTail(poster, [
    [anchors.overlay, pdfStream(content)],
    [anchors.font, searchFontObjects.font(anchors.proc)],
    [anchors.proc, searchFontObjects.proc()],
    [anchors.info, pdfInfo(item.title)],
    ...(pixels ? [[anchors.logo, pdfLogo(pixels)] as const] : []),
  ]);
  const bytes = Buffer.concat([poster.base, tail.bytes]);
  try {
    const decoded = await readBack(poster, bytes, tail.tableAt, picture);
    const lines = line ?? picture.caption;
    return { outcome: 'drawn', bytes, decoded, captionLines: lines?.lines.map(({ text }) => text) ?? [] };
  } catch (error) {
    if (error instanceof ReadBackError) return { outcome: 'unreadable', why: error.message };
    throw error;
  }
}

function layOutLine(line: PosterPlacement['line'], text: string | null): SetCaption | null {
  if (!line || text === null || text.trim() === '') return null;
  // A temporary code says above the name when it ends.
  const maxLines = text.split('\n').length;
  return setCaption(text, { width: line.widthMm, textSize: line.textMm, maxLines, align: line.align });
}

function paintLine(
  line: NonNullable<PosterPlacement['line']>,
  { outline, lines }: SetCaption,
  pageHeightMm: number,
): string {
  const scale = mmToPoints(1);
  const size = mmToPoints(line.textMm);
  const found = lines.map(({ text, left, baseline, width }) => {
    const stretch = ((width * scale) / size) * 100;
    const x = (line.leftMm + left) * scale;
    const y = (pageHeightMm - line.topMm - baseline) * scale;
    return (
      `/Span << /ActualText ${pdfText(text)} >> BDC\n` +
      `BT /F ${short(size)} Tf 3 Tr ${short(stretch)} Tz ${short(x)} ${short(y)} Td ( ) Tj ET\nEMC\n`
    );
  });
  return [
    'q',
    `${short(scale, 6)} 0 0 ${short(-scale, 6)} 0 ${short(pageHeightMm * scale, 4)} cm`,
    colourOperator(line.colour),
    `${outlineOperators(placeOutline(outline, 1, line.leftMm, line.topMm))}f`,
    `Q\n${found.join('')}`,
  ].join('\n');
}

/** Objects written after the base, with a table that goes on from its own (ISO 32000-1, 7.5.6). */
function writeTail(
  { base, anchors }: Pick<PosterDrawing, 'base' | 'anchors'>,
  objects: readonly (readonly [number, PdfBody])[],
  before: { at: number; tableAt: number } = { at: base.length, tableAt: anchors.tableAt },
): { bytes: Uint8Array; tableAt: number } {
  const pieces: Uint8Array[] = [encoder.encode('\n')];
  let at = before.at + 1;
  const rows = new Map<number, number>();
  for (const [number, body] of objects) {
    rows.set(number, at);
    const piece = Buffer.concat([encoder.encode(`${number} 0 obj\n`), body, encoder.encode('\nendobj\n')]);
    pieces.push(piece);
    at += piece.length;
  }
  const table = [...rows]
    .sort(([a], [b]) => a - b)
    .map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`)
    .join('');
  pieces.push(
    encoder.encode(
      `xref\n${table}trailer\n<< /Size ${anchors.size} /Root ${anchors.root} 0 R /Info ${anchors.info} 0 R ` +
        `/Prev ${before.tableAt} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return { bytes: Buffer.concat(pieces), tableAt: at };
}

/** Renders the square of the symbol out of the finished page: all that is painted there, from the poster as from this. */
async function readBack(
  poster: PosterDrawing,
  file: Uint8Array,
  tableAt: number,
  picture: Picture,
): Promise<string> {
  const { code } = poster.placement;
  const [left, top] = [mmToPoints(code.leftMm), mmToPoints(poster.heightMm - code.topMm)];
  const side = mmToPoints(code.sizeMm);
  const box = [left, top - side, left + side, top].map((part) => short(part, 4)).join(' ');
  // The same page, looked at through the box: a renderer paints only what is in it.
  const body = poster.anchors.pageBody
    .replace(/\/(Trim|Bleed|Crop)Box\s*\[[^\]]*\]/g, '')
    .replace(/^<</, `<< /MediaBox [${box}] `);
  const view = writeTail(poster, [[poster.anchors.page, pdfBody(body)]], { at: file.length, tableAt });
  const sidePx = picture.side * PX_PER_MODULE;
  const rendered = await renderPage(Buffer.concat([file, view.bytes]), sidePx);
  const text = await readRendered(rendered, picture);
  if (text === null) throw new ReadBackError('No symbol could be read from the rendered poster');
  if (text !== picture.url)
    throw new ReadBackError('The symbol on the poster holds another text than the url');
  return text;
}
