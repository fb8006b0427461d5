import 'server-only';
import type { Db } from '../db/open-database';
import { log } from '../log';
import { subscribeToScans } from '../scans/feed';
import { findScanned } from './store';

/** Scans of an account are gathered for so long, so that a busy one costs a few queries a second, whoever waits. */
const gatherMs = 200;
/** What another process could not tell is found by then. */
const lookEveryMs = 10_000;

type Watch = { waiting: Map<string, Set<() => void>>; soon: () => void; end: () => void };

// Every route is bundled apart and shares no module state, but one process.
const holder = globalThis as { qudaoBindingWatches?: Map<string, Watch> };

function watches(): Map<string, Watch> {
  holder.qudaoBindingWatches ??= new Map();
  return holder.qudaoBindingWatches;
}

/**
 * Calls once a binding has been scanned, by whichever process recorded it; also where it has been scanned already.
 *
 * All who wait in this process for bindings of one account share one query.
 *
 * @returns what ends it
 */
export function watchBinding(db: Db, accountId: string, id: string, onScanned: () => void): () => void {
  const watch = watches().get(accountId) ?? begin(db, accountId);
  const callbacks = watch.waiting.get(id) ?? new Set();
  watch.waiting.set(id, callbacks.add(onScanned));
  watch.soon();
  return () => {
    callbacks.delete(onScanned);
    if (callbacks.size === 0 && watch.waiting.get(id) === callbacks) watch.waiting.delete(id);
    if (watch.waiting.size === 0) watch.end();
  };
}

function begin(db: Db, accountId: string): Watch {
  const waiting: Watch['waiting'] = new Map();
  let timer: NodeJS.Timeout | null = null;

  const look = async () => {
    const ids = await findScanned(db, [...waiting.keys()]);
    for (const id of ids) for (const onScanned of waiting.get(id) ?? []) onScanned();
  };
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = null;
      look().catch((error: unknown) => log().warn({ err: error }, 'bindings were not looked at'));
    }, gatherMs);
  };
  const unsubscribe = subscribeToScans(accountId, soon);
  const interval = setInterval(soon, lookEveryMs);
  const watch: Watch = {
    ...{ waiting, soon },
    end() {
      unsubscribe();
      clearInterval(interval);
      if (timer) clearTimeout(timer);
      if (watches().get(accountId) === watch) watches().delete(accountId);
    },
  };
  watches().set(accountId, watch);
  return watch;
}
