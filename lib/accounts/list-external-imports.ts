import 'server-only';
import { z } from 'zod';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { countBuiltOn, findImports, type ImportRow } from './external-store';
import { type ListExternalImportsInput, listExternalImportsSchema } from './schemas';
import type { ExternalImportDto, ExternalImportPageDto, SceneRange } from './types';

const shownRanges = 12;
const rangesSchema = z.array(z.tuple([z.number(), z.number()]));

/** What was said of other systems' scenes, newest first, one entry for each time. */
export async function listExternalImports(
  ctx: Context,
  accountId: string,
  input: ListExternalImportsInput = {},
): Promise<ExternalImportPageDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  const { limit, cursor } = parseInput(listExternalImportsSchema, input);
  const rows = await findImports(ctx.db, id, { before: readCursor(cursor), take: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const builtOn = await countBuiltOn(
    ctx.db,
    page.map((row) => row.id),
  );
  return {
    items: page.map((row) => toImportDto(row, builtOn.get(row.id) ?? 0)),
    nextCursor: last ? encodeCursor([String(last.sequence)]) : null,
  };
}

export function toImportDto(row: ImportRow, builtOn: number): ExternalImportDto {
  const ranges: SceneRange[] = rangesSchema.parse(row.ranges);
  return {
    id: row.id,
    source: row.source,
    fileName: row.fileName,
    none: row.none,
    ranges: ranges.slice(0, shownRanges),
    moreRanges: Math.max(0, ranges.length - shownRanges),
    strs: row.strs.slice(0, shownRanges),
    moreStrs: Math.max(0, row.strs.length - shownRanges),
    added: row.added,
    known: row.known,
    builtOn,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdByName,
    undone: row.undoneAt === null ? null : { at: row.undoneAt.toISOString(), by: row.undoneByName ?? '' },
  };
}

function readCursor(cursor: string | undefined): bigint | null {
  if (cursor === undefined) return null;
  const [sequence = ''] = decodeCursor(cursor, 1);
  if (!/^\d{1,18}$/.test(sequence)) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  return BigInt(sequence);
}
