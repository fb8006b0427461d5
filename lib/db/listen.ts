import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

const reconnectMs = 2_000;

/**
 * Listens to a channel of PostgreSQL (LISTEN/NOTIFY) on a connection of its own, and connects again when that one is lost.
 *
 * What is said while nobody is connected is lost: who listens looks by a timer too.
 *
 * @param onNotification  with what was said; null after each connecting, since something may have been said before
 */
export function listen(
  pool: pg.Pool,
  channel: string,
  onNotification: (payload: string | null) => void,
): { stop: () => Promise<void> } {
  const stopping = new AbortController();

  async function listenOnce(): Promise<void> {
    const client = await pool.connect();
    try {
      const ended = new Promise<void>((resolve) => {
        client.once('error', () => resolve());
        client.once('end', () => resolve());
        stopping.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      client.on('notification', ({ payload = '' }) => onNotification(payload));
      await client.query(`LISTEN "${channel}"`);
      onNotification(null);
      await ended;
    } finally {
      client.release(true);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await listenOnce().catch(() => undefined);
      await sleep(reconnectMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
