import pg from 'pg';
import { StartError } from './start-error';

const OLDEST_VERSION = 14;

/** @throws StartError  DATABASE_URL does not lead to a PostgreSQL that can be used; its password is not repeated */
export async function checkPostgres(databaseUrl: string): Promise<void> {
  const { host, pathname } = new URL(databaseUrl);
  const place = `the database ${pathname.slice(1) || '(none named)'} at ${host}`;
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS version",
    );
    const version = rows[0]?.version ?? 0;
    if (version < OLDEST_VERSION) {
      throw new StartError(
        `DATABASE_URL leads to PostgreSQL ${version}; wanted: ${OLDEST_VERSION} or newer.`,
      );
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`DATABASE_URL is refused: ${place} cannot be opened (${explain(error)}).`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'nothing answers there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host';
  if (code === '28P01' || code === '28000') return 'user or password is wrong';
  if (code === '3D000') return 'there is no such database';
  return code ?? message;
}
