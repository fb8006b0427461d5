import 'server-only';
import type { Db } from '../db/open-database';

export const backgroundChannel = 'qudao_background';

/** Reaches those who listen once this transaction is committed. */
export async function notifyBackground(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${backgroundChannel}, '')`;
}
