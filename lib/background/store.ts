import 'server-only';
import type { Db } from '../db/open-database';

export const backgroundChannel = 'qudao_background';

// Instrumentation and routes are bundled apart and share no module state, but one process.
export const holder = globalThis as { qudaoBackground?: { wake: () => void } };

/** Has the tasks of this process look now; does nothing where none run. Called after the transaction. */
export function wakeBackground(): void {
  holder.qudaoBackground?.wake();
}

/** Has the tasks of all processes look once this transaction is committed. */
export async function announceBackground(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${backgroundChannel}, '')`;
}
