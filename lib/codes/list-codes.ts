import 'server-only';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { findPage, type PageEnd, sortKeyOf } from './list-store';
import { type ListCodesInput, listCodesSchema, type SortOrder } from './schemas';
import { toCodeDto } from './to-code-dto';
import type { CodePageDto, CodeSortKey } from './types';

/**
 * One page of an account's codes, newest first unless sorted otherwise. Archived ones only with `status: 'archived'`.
 *
 * @param input.q  part of label, scene, or channel number or name, in any letter case; or a whole ticket or url
 * @param input.campaignId  codes that serve this campaign now
 * @param input.sort  `scene`: integers by value, then strings; `expiresAt`: permanent codes as the last to expire
 * @param input.cursor  `nextCursor` of the page before, with the same `sort` and `order`
 * @param input.limit  1…200, 50 when left out
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function listCodes(
  ctx: Context,
  accountId: string,
  input: ListCodesInput = {},
): Promise<CodePageDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { sort, order, limit, cursor, ...filter } = parseInput(listCodesSchema, input);
  const after = cursor === undefined ? null : readCursor(cursor, sort, order);
  const now = ctx.clock.now();
  const rows = await findPage(ctx.db, accountId, filter, { sort, order, after, take: limit + 1 }, now);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => toCodeDto(row, now)),
    nextCursor: last ? encodeCursor([sort, order, sortKeyOf(sort, last), last.sequence.toString()]) : null,
  };
}

const keyForms: Record<CodeSortKey, (key: string) => boolean> = {
  createdAt: (key) => key === '',
  label: (key) => !key.includes('\0'),
  scene: (key) => !key.includes('\0'),
  scans: (key) => /^\d{1,9}$/.test(key),
  expiresAt: (key) => key === 'infinity' || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(key),
};

function readCursor(cursor: string, sort: CodeSortKey, order: SortOrder): PageEnd {
  const [ofSort, ofOrder, key = '', sequence = ''] = decodeCursor(cursor, 4);
  const isOfThisList = ofSort === sort && ofOrder === order && keyForms[sort](key);
  if (
    !isOfThisList ||
    !/^\d{1,18}$/.test(sequence) ||
    (key !== '' && sort === 'expiresAt' && !isMoment(key))
  ) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list in this order');
  }
  return { key, sequence: BigInt(sequence) };
}

function isMoment(key: string): boolean {
  return key === 'infinity' || !Number.isNaN(Date.parse(key));
}
