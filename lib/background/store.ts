import 'server-only';
import type { Sql } from '../db/sql';
import type { WakeableTask } from './task';

export const backgroundChannel = 'qudao_background';

/** Reaches those who listen once this transaction is committed. */
export async function notifyBackground(sql: Sql, task: WakeableTask): Promise<void> {
  await sql(`SELECT pg_notify($1, $2)::text`, [backgroundChannel, task]);
}
