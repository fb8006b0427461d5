import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackgroundTask } from '../background/task';
import type { Context } from '../context';
import { sqlOfConnection } from '../db/sql';
import { appSecret } from '../env';
import { log } from '../log';
import { startRuntime } from '../runtime';
import { unseal } from '../secrets';
import { askToMark } from '../tags/mark-scans';
import { foldHistory, toMemory } from './fold-history';
import { openidPlace } from './person-key';
import { inGroupTransaction } from './record-store';
import { adoptEvents, readZone } from './recount-store';
import { changeAll, loadPeople, runRecount } from './run-recount';
import {
  claimLookUps,
  endLookUp,
  findOverdue,
  findWithoutTotals,
  foldAndRemove,
  type LookUp,
  writeTotals,
} from './upkeep-store';

const peopleAtOnce = 200;
const lookUpsAtOnce = 10;
/** Four look-ups a second: user/info has its own daily limit, and nobody waits for it. */
const lookUpPaceMs = 250;
/** A follow and what user/info tells of it are of one moment; clocks differ a little. */
const sameFollowSeconds = 120;

async function pool() {
  return (await startRuntime()).database.pool;
}

/** Adoption, replays, checks and changed time zones. */
export const recountTask: BackgroundTask = {
  name: 'recount scans',
  everySeconds: 5,
  run: async (_ctx, stopping) => runRecount(await pool(), stopping),
};

/** Removes raw events that are older than their account keeps them. Nothing that counts goes. */
export const retentionTask: BackgroundTask = {
  name: 'remove old scans',
  everySeconds: 3600,
  async run() {
    const connections = await pool();
    const overdue = await findOverdue(connections, peopleAtOnce);
    if (!overdue) return false;
    const { accountId } = overdue;
    await inGroupTransaction(connections, accountId, async (connection) => {
      const people = await loadPeople(connection, accountId, overdue.people);
      await foldAndRemove(
        connection,
        accountId,
        people.map(({ id, folded, events, stored, foldedThrough }) => ({
          id,
          memory: toMemory(foldHistory([...folded, ...events])),
          through: stored.reduce(
            (last, event) => (BigInt(event.id) > BigInt(last) ? event.id : last),
            foldedThrough,
          ),
        })),
      );
    });
    return true;
  },
};

/** Asks user/info for the scene of follows that should have one and name none. */
export const lookUpTask: BackgroundTask = {
  name: 'look up follows',
  everySeconds: 15,
  async run(ctx, stopping) {
    const due = await claimLookUps(await pool(), lookUpsAtOnce);
    for (const follow of due) {
      if (stopping.aborted) return false;
      await lookUp(ctx, follow).catch((error: unknown) =>
        log().warn({ err: error, accountId: follow.accountId }, 'a follow was not looked up'),
      );
      await sleep(lookUpPaceMs, undefined, { signal: stopping }).catch(() => undefined);
    }
    return due.length === lookUpsAtOnce;
  },
};

async function lookUp(ctx: Context, { id, accountId, followerId, at, openidSealed }: LookUp): Promise<void> {
  let scene: string | null = null;
  if (openidSealed !== null) {
    const client = await ctx.wechat.clientFor(accountId);
    const user = await client.getUser(unseal(appSecret(), openidPlace(accountId), openidSealed));
    const isThisFollow =
      user.subscribedAt !== null && Math.abs(user.subscribedAt.getTime() / 1000 - at) <= sameFollowSeconds;
    if (isThisFollow) scene = user.qrSceneStr || (user.qrSceneId === null ? null : String(user.qrSceneId));
  }
  await inGroupTransaction(await pool(), accountId, async (connection) => {
    const [person] = await loadPeople(connection, accountId, [followerId]);
    await endLookUp(connection, id, scene);
    const place = person?.stored.findIndex((event) => event.id === id) ?? -1;
    // What has been folded meanwhile stays as it was counted.
    if (!person || place < 0 || scene === null) return;
    const [adopted] = (await adoptEvents(connection, accountId, [followerId], [scene])).filter(
      (event) => event.id === id,
    );
    const events = person.events.map((event, i) => {
      if (i !== place) return event;
      if (!adopted) return { ...event, scene };
      return { ...event, codeId: adopted.c, channelId: adopted.h, campaignId: adopted.g };
    });
    const unknown = adopted ? [] : [{ scene, events: 1, first_at: at, last_at: at }];
    const zone = await readZone(connection, accountId);
    await changeAll(connection, { accountId }, zone, [{ person, folded: person.folded, events }], unknown);
    if (adopted?.c) {
      await askToMark(sqlOfConnection(connection), accountId, [{ followerId, codeId: adopted.c }]);
    }
  });
}

/** Fetches WeChat's own totals of yesterday, which are ready after 08:00 in China, to be set against ours. */
export const dayTotalsTask: BackgroundTask = {
  name: 'fetch day totals',
  everySeconds: 1800,
  async run(ctx) {
    const connections = await pool();
    const missing = await findWithoutTotals(connections);
    if (!missing) return false;
    const { accountId, day } = missing;
    const client = await ctx.wechat.clientFor(accountId);
    const begin = new Date(Date.parse(day) - 6 * 86_400_000).toISOString().slice(0, 10);
    const rows = await client.getUserSummary(begin, day);
    const totals = rows.map(({ date, userSource, newUsers, cancelledUsers }) => ({
      ...{ day: date, source: userSource, newUsers, cancelledUsers },
    }));
    // A day on which nothing happened has no row of its own, and would be asked for again.
    const isThere = totals.some((total) => total.day === day);
    const nothing = { day, source: 30, newUsers: 0, cancelledUsers: 0 };
    await writeTotals(connections, accountId, isThere ? totals : [...totals, nothing]);
    return true;
  },
};
