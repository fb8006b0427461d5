import 'server-only';
import type { Clock } from '../context';
import type { Db } from '../db/open-database';
import { log } from '../log';
import { weChatDay } from './wechat-day';

const flushAfterMs = 500;

type Count = { accountId: string; path: string; day: string; calls: number };

export type CallCounter = {
  count: (accountId: string, path: string) => void;
  /** Writes what has been counted; called by itself half a second after a call. */
  flush: () => Promise<void>;
};

/** Counts calls to WeChat by its day (UTC+8), in memory first: a call does not wait for its own counting. */
export function createCallCounter(db: Pick<Db, '$executeRaw'>, clock: Clock): CallCounter {
  let counts = new Map<string, Count>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  function add({ accountId, path, day, calls }: Count): void {
    const key = `${accountId} ${path} ${day}`;
    const known = counts.get(key);
    if (known) known.calls += calls;
    else counts.set(key, { accountId, path, day, calls });
    timer ??= setTimeout(() => void flush(), flushAfterMs).unref();
  }

  async function write(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const due = counts;
    counts = new Map();
    // Sorted, so that two processes lock the rows in one order.
    for (const [, count] of [...due].sort(([a], [b]) => (a < b ? -1 : 1))) {
      try {
        await db.$executeRaw`
          INSERT INTO api_call_days (account_id, path, day, calls)
          SELECT id, ${count.path}, ${count.day}::date, ${count.calls}::int
          FROM official_accounts WHERE id = ${count.accountId}::uuid
          ON CONFLICT (account_id, path, day) DO UPDATE SET calls = api_call_days.calls + excluded.calls`;
      } catch (error) {
        log().warn({ err: error, path: count.path }, 'calls to WeChat could not be counted yet');
        add(count);
      }
    }
  }

  function flush(): Promise<void> {
    running = running.then(write);
    return running;
  }

  return {
    count: (accountId, path) => add({ accountId, path, day: weChatDay(clock.now()), calls: 1 }),
    flush,
  };
}
