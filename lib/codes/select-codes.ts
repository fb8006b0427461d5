import 'server-only';
import type { Context } from '../context';
import { AppError, invalidField } from '../errors';
import { idSchema, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findLeftOut, type Moments, readSelection } from './selection-store';
import { type CodeChoice, maxSelected, type Selection } from './selection-types';

const namedAtMost = 50;

/**
 * Pins the codes of a choice that can be printed, and names those that cannot: not issued, expired, or expiring before
 * `usableUntil`.
 *
 * @param usableUntil  codes that expire before it are left out; null: only those that have expired
 * @throws AppError VALIDATION_FAILED  more than 100,000 are found
 * @throws AppError NOT_FOUND  one of the ids is malformed, unknown, or of another account
 */
export async function selectCodes(
  ctx: Context,
  accountId: string,
  choice: CodeChoice,
  usableUntil: Date | null = null,
): Promise<Selection> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const chosen = choice.ids === null ? choice : { ids: [...new Set(choice.ids)] };
  if (chosen.ids?.some((id) => !idSchema.safeParse(id).success)) throw noSuchCode();
  const moments: Moments = { now: ctx.clock.now(), usableUntil };
  const read = await readSelection(ctx.db, accountId, chosen, moments, maxSelected + 1);
  if (!read || (chosen.ids !== null && read.found < chosen.ids.length)) throw noSuchCode();
  if (read.found > maxSelected) {
    throw invalidField('filter', 'tooMany', `more than ${maxSelected} codes are found`, { max: maxSelected });
  }
  const { notIssued, expired, expiring } = read;
  const isAll = notIssued + expired + expiring === 0;
  const named = isAll ? [] : await findLeftOut(ctx.db, accountId, chosen, moments, namedAtMost);
  return {
    printable: read.printable,
    temporary: read.temporary,
    leftOut: {
      notIssued,
      expired,
      expiring,
      named: named.map((row) => ({ ...row, expiresAt: row.expiresAt?.toISOString() ?? null })),
    },
    ids: new Uint8Array(Buffer.from(read.ids ?? '', 'hex')),
    widths: { url: read.urlBytes ?? 0, label: read.labelBytes ?? 0, scene: read.sceneBytes ?? 0 },
    longestUrl: read.longestUrl,
    longestLabels: read.longestLabels ?? [],
  };
}

const noSuchCode = () => new AppError('NOT_FOUND', 'one of the codes is unknown', { what: 'code' });
