import 'server-only';
import type { Sql } from '../db/sql';

export const backgroundChannel = 'qudao_background';

/** Reaches those who listen once this transaction is committed. */
export async function notifyBackground(sql: Sql): Promise<void> {
  await sql(`SELECT pg_notify($1, '')::text`, [backgroundChannel]);
}
