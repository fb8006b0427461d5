import 'server-only';
import type { Context } from '../context';
import { listen } from '../db/listen';
import type { Database } from '../db/open-database';
import { log } from '../log';
import { holder } from './announce';
import { backgroundChannel } from './store';
import type { BackgroundTask } from './task';

const afterFailureMs = 10_000;

type Sleeper = { wakings: number; end: () => void };

/**
 * Runs the tasks until stopped, each in a loop of its own: woken by name, by actions of this process and by other processes,
 * and by a timer. A task that fails is logged and tried again after ten seconds.
 */
export function startBackground(
  { kind, pool }: Pick<Database, 'kind' | 'pool'>,
  createContext: () => Promise<Context>,
  tasks: readonly BackgroundTask[],
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const sleepers = new Map<string, Sleeper>();

  function sleep(sleeper: Sleeper, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      sleeper.end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function loop(task: BackgroundTask, sleeper: Sleeper): Promise<void> {
    while (!stopping.signal.aborted) {
      const seen = sleeper.wakings;
      let isFailed = false;
      const hasMore = await createContext()
        .then((ctx) => task.run(ctx, stopping.signal))
        .catch((error: unknown) => {
          isFailed = true;
          log().error({ err: error, task: task.name }, 'a background task failed');
          return false;
        });
      if (hasMore || stopping.signal.aborted) continue;
      if (isFailed) await sleep(sleeper, afterFailureMs);
      else if (sleeper.wakings === seen) await sleep(sleeper, task.everySeconds * 1000);
    }
  }

  /** @param name  null: all of them, since something may have been said that nobody heard */
  function wake(name: string | null): void {
    for (const [of, sleeper] of sleepers) {
      if (name !== null && of !== name) continue;
      sleeper.wakings += 1;
      sleeper.end();
    }
  }

  const own = { wake };
  holder.qudaoBackground = own;
  const loops = tasks.map((task) => {
    const sleeper = { wakings: 0, end: () => undefined };
    sleepers.set(task.name, sleeper);
    return loop(task, sleeper);
  });
  const listener = kind === 'postgresql' ? listen(pool, backgroundChannel, wake) : null;
  return {
    async stop() {
      stopping.abort();
      wake(null);
      if (holder.qudaoBackground === own) delete holder.qudaoBackground;
      await listener?.stop();
      await Promise.all(loops);
    },
  };
}
