import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { insertExternalIds, insertExternalStrs } from './external-store';
import { type DeclareExternalInput, declareExternalSchema } from './schemas';
import { findAccountRow, lockLedger, updateAccountRow } from './store';
import type { ExternalUseDto, SceneRange } from './types';

/**
 * Records which permanent scenes other systems have used, or that none are; permanent codes can be made from then on.
 *
 * May be said again, which adds. Facts are never refused: beyond the cap they overdraw it, and a scene whose digits the
 * other kind holds is entered as a twin. What the ledger knows already stays what it is and is counted as known.
 *
 * @throws AppError VALIDATION_FAILED  nothing said, both said, or a scene that WeChat cannot know
 */
export async function declareExternal(
  ctx: Context,
  accountId: string,
  input: DeclareExternalInput,
): Promise<ExternalUseDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const declared = parseInput(declareExternalSchema, input);
  const ranges = joinRanges(declared.ranges);
  const strs = [...new Set(declared.strs)];
  const total = strs.length + ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  return ctx.db.$transaction(async (tx) => {
    await lockLedger(tx, id);
    const row = await findAccountRow(tx, id);
    if (!row) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
    const added = (await insertExternalIds(tx, id, ranges)) + (await insertExternalStrs(tx, id, strs));
    const declaredAt = row.externalDeclaredAt ?? ctx.clock.now();
    await updateAccountRow(tx, id, { externalDeclaredAt: declaredAt });
    await recordAudit(ctx, tx, {
      action: 'account.declareExternal',
      target: { kind: 'account', id, label: row.name },
      accountId: id,
      details: { none: declared.none ?? false, ranges: ranges.slice(0, 50), strings: strs.length, added },
    });
    return { declaredAt: declaredAt.toISOString(), added, known: total - added };
  });
}

/** In order, with those that overlap or touch made one. */
export function joinRanges(ranges: readonly SceneRange[]): SceneRange[] {
  const joined: SceneRange[] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
