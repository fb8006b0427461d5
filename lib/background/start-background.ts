import 'server-only';
import type { Context } from '../context';
import { listen } from '../db/listen';
import type { Database } from '../db/open-database';
import { log } from '../log';
import { holder } from './announce';
import { backgroundChannel } from './store';
import type { BackgroundTask } from './task';

const afterFailureMs = 10_000;

/**
 * Runs the tasks until stopped, each in a loop of its own: woken by actions of this process, by other processes and by a
 * timer. A task that fails is logged and tried again after ten seconds.
 */
export function startBackground(
  { kind, pool }: Pick<Database, 'kind' | 'pool'>,
  createContext: () => Promise<Context>,
  tasks: readonly BackgroundTask[],
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  let endSleeps = new Set<() => void>();

  function sleep(ms: number, isWoken: () => boolean): Promise<void> {
    if (stopping.signal.aborted || isWoken()) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      endSleeps.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  let wakings = 0;
  async function loop(task: BackgroundTask): Promise<void> {
    while (!stopping.signal.aborted) {
      const seen = wakings;
      let isFailed = false;
      const hasMore = await createContext()
        .then((ctx) => task.run(ctx, stopping.signal))
        .catch((error: unknown) => {
          isFailed = true;
          log().error({ err: error, task: task.name }, 'a background task failed');
          return false;
        });
      if (!hasMore)
        await sleep(isFailed ? afterFailureMs : task.everySeconds * 1000, () => !isFailed && wakings > seen);
    }
  }

  function wake(): void {
    wakings += 1;
    const sleeps = endSleeps;
    endSleeps = new Set();
    for (const end of sleeps) end();
  }

  const own = { wake };
  holder.qudaoBackground = own;
  const loops = tasks.map(loop);
  const listener = kind === 'postgresql' ? listen(pool, backgroundChannel, wake) : null;
  return {
    async stop() {
      stopping.abort();
      wake();
      if (holder.qudaoBackground === own) delete holder.qudaoBackground;
      await listener?.stop();
      await Promise.all(loops);
    },
  };
}
