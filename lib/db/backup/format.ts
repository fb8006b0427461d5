/**
 * A backup is gzipped text, a JSON value a line, the same for both databases: a header, for each table its name and its
 * rows, and a last line that counts them. A file without its last line was cut off and is not restored.
 */
export type BackupHeader = {
  format: 'qudao-backup';
  version: 1;
  createdAt: string;
  /** The last migration that the database had applied. */
  migration: string;
  /** Which APP_SECRET its sealed secrets open with (lib/secrets, `secretCheckValue`); null: none sealed yet. */
  secretCheck: string | null;
};

export type BackupLine = { table: string } | { row: unknown } | { end: { rows: number } };

/** What lives for minutes and would only let somebody in again. */
export const leftOut = new Set(['_prisma_migrations', 'sessions', 'one_time_links', 'rate_limits']);

export class BackupError extends Error {
  override readonly name = 'BackupError';
}
