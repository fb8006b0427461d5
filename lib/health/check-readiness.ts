import 'server-only';
import type { Context } from '../context';
import { askDatabase } from './store';

const PATIENCE_MS = 2_000;

export type Readiness = { status: 'ok' | 'unavailable'; checks: { database: 'ok' | 'unavailable' } };

let asking: Promise<void> | null = null;

/**
 * Whether requests can be served: the database answers within two seconds. Tells nothing else, so anybody may ask.
 *
 * A database that hangs is asked once, however many probes wait for it.
 *
 * @param openContext  may itself fail or take long, while the database is opened
 */
export async function checkReadiness(
  openContext: () => Promise<Pick<Context, 'db'>>,
  patienceMs = PATIENCE_MS,
): Promise<Readiness> {
  asking ??= openContext()
    .then(({ db }) => askDatabase(db))
    .finally(() => {
      asking = null;
    });
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, patienceMs, false);
  });
  const answered = await Promise.race([asking.then(() => true).catch(() => false), patience]);
  clearTimeout(timer);
  const state = answered ? 'ok' : 'unavailable';
  return { status: state, checks: { database: state } };
}
