import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { startRuntime } from '../runtime';
import type { PushedEvent } from './group-steps';
import { noteCountedSince } from './push-account-store';
import { PushAccounts } from './push-accounts';
import { recordGroup } from './record-group';

const groupSize = 500;

/**
 * Records events that nobody pushed, by the way that pushed ones go; those that are known already change nothing.
 *
 * Nothing is told of them: no webhook, no reply.
 */
export async function recordPast(ctx: Context, accountId: string, events: PushedEvent[]): Promise<void> {
  authorise(ctx, 'admin', accountId);
  const { database } = await startRuntime();
  const account = await new PushAccounts(database.pool).find(accountId);
  if (!account) throw new Error(`account ${accountId} takes no pushes`);
  const recording = { pool: database.pool, shard: 0, now: () => ctx.clock.now(), steps: [] };
  for (let from = 0; from < events.length; from += groupSize) {
    await recordGroup(recording, { ...account, asksUserInfo: false }, events.slice(from, from + groupSize));
  }
  const first = events.reduce(
    (least, { createTime }) => Math.min(least, createTime),
    Number.POSITIVE_INFINITY,
  );
  if (Number.isFinite(first)) await noteCountedSince(database.pool, accountId, new Date(first * 1000));
}
