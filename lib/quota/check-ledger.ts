import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { countRows, findCounters } from './store';
import { type LedgerCheckDto, ledgerCounters } from './types';

/** Holds the counters and the gaps, which triggers keep, against the rows themselves. They never differ, or a law broke. */
export async function checkLedger(ctx: Context, accountId: string): Promise<LedgerCheckDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  // One snapshot, or a code made in between would look like a fault.
  return ctx.db.$transaction(
    async (tx) => {
      const kept = await findCounters(tx, id);
      const rows = await countRows(tx, id);
      if (!kept || !rows) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
      const counters = ledgerCounters.map((counter) => ({
        counter,
        kept: kept[counter],
        counted: rows[counter],
      }));
      const freeIds = { kept: rows.free_kept, counted: rows.free_counted, same: rows.free_same };
      const ok = freeIds.same && counters.every((each) => each.kept === each.counted);
      return { ok, counters, freeIds };
    },
    { isolationLevel: 'RepeatableRead' },
  );
}
