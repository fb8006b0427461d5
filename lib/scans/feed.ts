import 'server-only';
import { listen } from '../db/listen';
import type { Database } from '../db/open-database';
import type { GroupStep } from './group-steps';

const feedChannel = 'qudao_scans';
const notifyEveryMs = 200;

type OnScans = () => void;

type Feed = {
  listeners: Map<string, Set<OnScans>>;
  /** Accounts that other processes are still to be told of. */
  untold: Set<string>;
  tell: ((accountIds: string[]) => Promise<void>) | null;
  timer: NodeJS.Timeout | null;
};

// Instrumentation and routes are bundled apart and share no module state, but one process.
const holder = globalThis as { qudaoScanFeed?: Feed };

function feed(): Feed {
  holder.qudaoScanFeed ??= { listeners: new Map(), untold: new Set(), tell: null, timer: null };
  return holder.qudaoScanFeed;
}

/**
 * Says that scans of this account have been committed; called after the commit, never inside the transaction.
 *
 * This process' live feeds look at once. Other processes are told by one NOTIFY for all that came within 200 ms, outside
 * every transaction, since committing a NOTIFY takes a lock that all commits share. Costs nothing where nobody looks.
 */
export function announceScans(accountId: string): void {
  const own = feed();
  wake(accountId);
  if (own.tell === null) return;
  own.untold.add(accountId);
  own.timer ??= setTimeout(() => {
    own.timer = null;
    const accountIds = [...own.untold];
    own.untold.clear();
    // What is not told is found by the look that every feed takes with its heartbeat.
    own.tell?.(accountIds).catch(() => undefined);
  }, notifyEveryMs).unref();
}

function wake(accountId: string): void {
  for (const onScans of feed().listeners.get(accountId) ?? []) onScans();
}

/** @param onScans  called whenever there may be something new, often for nothing @returns what ends it */
export function subscribeToScans(accountId: string, onScans: OnScans): () => void {
  const { listeners } = feed();
  const ofAccount = listeners.get(accountId) ?? new Set();
  listeners.set(accountId, ofAccount.add(onScans));
  return () => {
    ofAccount.delete(onScans);
    if (ofAccount.size === 0 && listeners.get(accountId) === ofAccount) listeners.delete(accountId);
  };
}

/** Joins this process to the others on one PostgreSQL, by one LISTEN; embedded, there are no others. */
export function startScanFeed({ kind, pool }: Pick<Database, 'kind' | 'pool'>): {
  stop: () => Promise<void>;
} {
  if (kind === 'embedded') return { stop: async () => undefined };
  const own = feed();
  const tell = async (accountIds: string[]) => {
    await pool.query('SELECT pg_notify($1, account) FROM unnest($2::text[]) account', [
      feedChannel,
      accountIds,
    ]);
  };
  own.tell = tell;
  const listener = listen(pool, feedChannel, (accountId) => {
    if (accountId !== null) wake(accountId);
    else for (const each of own.listeners.keys()) wake(each);
  });
  return {
    async stop() {
      if (own.tell === tell) own.tell = null;
      await listener.stop();
    },
  };
}

/** Tells live feeds of every group that holds something new. */
export const feedStep: GroupStep = {
  name: 'live feed',
  async afterCommit(accountId, recorded) {
    if (recorded.some(({ isFirstDelivery }) => isFirstDelivery)) announceScans(accountId);
  },
};
