import 'server-only';
import type { Context } from '../context';
import { listen } from '../db/listen';
import type { Database } from '../db/open-database';
import { startIssueWorker } from './issue-worker';
import { endLeases, workChannel } from './queue-store';

/**
 * Starts this process's part in issuing: the worker, woken by actions of this process, by other processes and by a timer.
 *
 * On an embedded database, which no other process can have open, what is found leased was left by a process that died, and
 * is due at once; on PostgreSQL it is due when its lease has ended.
 */
export async function startIssuing(
  { kind, prisma, pool }: Pick<Database, 'kind' | 'prisma' | 'pool'>,
  createContext: () => Promise<Context>,
): Promise<{ stop: () => Promise<void> }> {
  if (kind === 'embedded') await endLeases(prisma);
  const worker = startIssueWorker(createContext);
  const listener = kind === 'postgresql' ? listen(pool, workChannel, worker.wake) : null;
  return {
    async stop() {
      await listener?.stop();
      await worker.stop();
    },
  };
}
