import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { markScenesSent } from '../ledger/move-scenes';
import { leaseSeconds } from './issue-code';
import { type Claim, type ClaimedRow, claimDue, claimOne } from './queue-store';
import type { CodeKind } from './types';

/**
 * Claims up to `limit` due codes of an account, and notes of permanent ones that WeChat may see them from now on.
 *
 * @param kinds  in the order of preference
 */
export async function claimCodes(
  ctx: Pick<Context, 'db'>,
  accountId: string,
  kinds: readonly CodeKind[],
  limit: number,
): Promise<Claim[]> {
  return ctx.db.$transaction(async (tx) => {
    const lease = { leaseToken: randomUUID(), leaseSeconds };
    const rows: ClaimedRow[] = [];
    for (const kind of kinds) {
      if (rows.length < limit)
        rows.push(...(await claimDue(tx, accountId, kind, limit - rows.length, lease)));
    }
    return markSent(tx, rows);
  });
}

/** Claims one code out of turn; null while somebody else asks WeChat for it, or when it is issued. */
export async function claimCode(tx: Db, codeId: string): Promise<Claim | null> {
  const row = await claimOne(tx, codeId, { leaseToken: randomUUID(), leaseSeconds });
  const [claim] = row ? await markSent(tx, [row]) : [];
  return claim ?? null;
}

async function markSent(tx: Db, rows: ClaimedRow[]): Promise<Claim[]> {
  const fresh = await markScenesSent(
    tx,
    rows.flatMap(({ permanentSceneId }) => permanentSceneId ?? []),
  );
  return rows.map(({ sequence: _, ...row }) => ({
    ...row,
    isFirstSending: row.permanentSceneId !== null && fresh.has(row.permanentSceneId),
  }));
}
