import 'server-only';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import type { BackupHeader } from './format';
import { readTables } from './read-tables';

const ROWS_A_FETCH = 2_000;

/**
 * Writes everything that is worth keeping into one file: what the database held at one moment, while it goes on working.
 *
 * The file appears under its name only when it is whole. Its secrets stay sealed: keep APP_SECRET beside it.
 *
 * @returns how many rows of how many tables
 */
export async function writeBackup(pool: pg.Pool, file: string): Promise<{ rows: number; tables: number }> {
  await mkdir(path.dirname(file), { recursive: true });
  const half = `${file}.part`;
  const client = await pool.connect();
  const counted = { rows: 0, tables: 0 };
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const target = createWriteStream(half, { mode: 0o600 });
    await pipeline(Readable.from(backupLines(client, counted)), createGzip(), target);
    await client.query('COMMIT');
    await syncToDisk(half);
    await rename(half, file);
    return counted;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    await rm(half, { force: true });
    throw error;
  } finally {
    client.release();
  }
}

async function* backupLines(
  client: pg.PoolClient,
  counted: { rows: number; tables: number },
): AsyncGenerator<string> {
  yield `${JSON.stringify(await readHeader(client))}\n`;
  for (const table of await readTables(client)) {
    counted.tables += 1;
    yield `${JSON.stringify({ table })}\n`;
    // The rows go through as PostgreSQL writes them: a 64-bit number read by JavaScript would lose digits.
    await client.query(`DECLARE backup CURSOR FOR SELECT row_to_json(t)::text AS row FROM "${table}" t`);
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`FETCH ${ROWS_A_FETCH} FROM backup`);
      if (rows.length === 0) break;
      counted.rows += rows.length;
      yield rows.map(({ row }) => `{"row":${row}}\n`).join('');
    }
    await client.query('CLOSE backup');
  }
  yield `${JSON.stringify({ end: { rows: counted.rows } })}\n`;
}

async function readHeader(client: pg.PoolClient): Promise<BackupHeader> {
  const { rows: migrations } = await client.query<{ name: string }>(
    'SELECT max(migration_name) AS name FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  const { rows: installations } = await client.query<{ secret_check: string }>(
    'SELECT secret_check FROM installation',
  );
  return {
    format: 'qudao-backup',
    version: 1,
    createdAt: new Date().toISOString(),
    migration: migrations[0]?.name ?? '',
    secretCheck: installations[0]?.secret_check ?? null,
  };
}

async function syncToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}
