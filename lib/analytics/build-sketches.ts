import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackgroundTask } from '../background/task';
import type { Context } from '../context';
import { fromZonedInput } from '../i18n/format';
import { addDays } from './format';
import { addPerson, emptySketch, encodeSketch, type Sketch } from './hyperloglog';
import { findCountingRow } from './names-store';
import {
  claimStaleDays,
  deleteSketches,
  endBuild,
  findEventsKeptSince,
  insertSketches,
  type NewSketch,
  readVisits,
  type StaleDay,
} from './sketch-store';

const HOUR_MS = 3_600_000;
const ROWS_AT_ONCE = 2_000;
/** A day that goes on is made again so often at most, and longer waited for the longer it takes. */
const QUIET_MS = 20_000;
const PAUSE_PER_WORK = 20;
/** A recording that saw the mark before it was taken has been committed after so long. */
const SETTLE_MS = 1_000;
const LEASE_MS = 600_000;
const DAYS_AT_ONCE = 8;
let restUntil = 0;

/** Makes the sketches of days on which events have landed: who was counted where, for ranges that are no whole period. */
export const buildSketches: BackgroundTask = {
  name: 'people sketches',
  everySeconds: 20,
  async run(ctx, stopping) {
    const now = ctx.clock.now();
    if (now.getTime() < restUntil) return false;
    const started = performance.now();
    const days = await claimStaleDays(ctx.db, {
      now,
      markedBefore: new Date(now.getTime() - QUIET_MS),
      leaseUntil: new Date(now.getTime() + LEASE_MS),
      take: DAYS_AT_ONCE,
    });
    if (days.length > 0) await sleep(SETTLE_MS);
    for (const day of days) {
      if (stopping.aborted) return false;
      await buildDay(ctx, day);
    }
    const hasMore = days.length >= DAYS_AT_ONCE;
    if (!hasMore) restUntil = now.getTime() + (performance.now() - started) * PAUSE_PER_WORK;
    return hasMore;
  },
};

/**
 * Makes the sketches of one local day anew, in one transaction with the end of its claim.
 *
 * Days whose events retention has removed keep the sketches that they have: an adopted scene adds nobody there.
 */
export async function buildDay(ctx: Context, day: StaleDay): Promise<void> {
  const { db } = ctx;
  const account = await findCountingRow(db, day.account_id);
  const keptSince = await findEventsKeptSince(db, day.account_id, ctx.clock.now());
  if (!account || !keptSince) return;
  await db.$transaction(
    async (tx) => {
      const start = fromZonedInput(day.day, account.timeZone) ?? new Date(day.day);
      const end = fromZonedInput(addDays(day.day, 1), account.timeZone) ?? new Date(addDays(day.day, 1));
      if (start > keptSince) {
        const sketches = new Map<string, Sketch>();
        for (let from = start.getTime(); from < end.getTime(); from += HOUR_MS) {
          const until = new Date(Math.min(from + HOUR_MS, end.getTime()));
          const visits = await readVisits(tx, day.account_id, day.day, new Date(from), until);
          for (const { person_key, code_id, channel_id, campaign_id } of visits) {
            const add = (scope: string, id: string | null) => {
              if (id === null) return;
              const key = `${scope} ${id}`;
              sketches.set(key, addPerson(sketches.get(key) ?? emptySketch(), person_key));
            };
            add('account', day.account_id);
            add('campaign', campaign_id);
            add('channel', channel_id);
            add('code', code_id);
          }
        }
        await deleteSketches(tx, day.account_id, day.day);
        const made = [...sketches].map(([key, sketch]): NewSketch => {
          const [scope = '', scopeId = ''] = key.split(' ');
          return { scope, scopeId, sketch: encodeSketch(sketch) };
        });
        for (let at = 0; at < made.length; at += ROWS_AT_ONCE) {
          await insertSketches(tx, day.account_id, day.day, made.slice(at, at + ROWS_AT_ONCE));
        }
      }
      await endBuild(tx, day);
    },
    { timeout: 120_000 },
  );
}
