import 'server-only';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { MigrationError, migrate } from '../migrate';
import { BackupError, type BackupHeader } from './format';
import { readTables } from './read-tables';

const ROWS_AN_INSERT = 1_000;

/**
 * Puts a backup into an empty database, all of it or nothing, and brings it up to the present version.
 *
 * @throws BackupError  no backup, cut off, made by a newer version, or the database is not empty; message for the person
 */
export async function restoreBackup(
  pool: pg.Pool,
  file: string,
): Promise<{ rows: number; header: BackupHeader }> {
  const lines = readLines(file);
  const header = parseHeader((await lines.next()).value);
  await requireEmpty(pool);
  try {
    await migrate(pool, header.migration);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    throw new BackupError(
      `The backup was made by a newer version (${header.migration}). Restore it with that version.`,
    );
  }
  const rows = await loadAllOrNothing(pool, lines);
  await migrate(pool);
  return { rows, header };
}

async function loadAllOrNothing(pool: pg.Pool, lines: AsyncGenerator<string>): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const rows = await load(client, lines);
    await client.query('COMMIT');
    return rows;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (error instanceof BackupError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupError(`The backup does not load: ${reason}. Nothing was restored.`, { cause: error });
  } finally {
    client.release();
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  const text = createGunzip();
  createReadStream(file)
    .on('error', (error) => text.destroy(error))
    .pipe(text)
    .setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of text) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new BackupError(`There is no file ${file}.`);
    throw new BackupError(`${file} is no backup of Qudao, or was damaged (${code ?? String(error)}).`);
  }
  if (rest !== '') yield rest;
}

function parseHeader(line: string | undefined): BackupHeader {
  try {
    const header = JSON.parse(line ?? '') as BackupHeader;
    if (header.format === 'qudao-backup' && header.version === 1) return header;
  } catch {
    // said below
  }
  throw new BackupError('The file is no backup of Qudao.');
}

async function requireEmpty(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string | null }>(`SELECT to_regclass('users')::text AS name`);
  if (rows[0]?.name === null) return;
  const { rows: found } = await pool.query(
    'SELECT 1 FROM users UNION ALL SELECT 1 FROM official_accounts LIMIT 1',
  );
  if (found.length === 0) return;
  throw new BackupError(
    'The database is not empty. Restore into a new one: set DATA_DIR to a new folder, or DATABASE_URL to an empty database.',
  );
}

async function load(client: pg.PoolClient, lines: AsyncGenerator<string>): Promise<number> {
  const tables = await readTables(client);
  // The rows are facts that the laws have judged once already; counters and gaps come with them.
  for (const table of tables) await client.query(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  await client.query('DELETE FROM installation');
  let table = '';
  let total = 0;
  let expected: number | null = null;
  let rows: string[] = [];
  const flush = async () => {
    if (rows.length === 0) return;
    await client.query(
      `INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1::json)`,
      [`[${rows.join(',')}]`],
    );
    total += rows.length;
    rows = [];
  };
  for await (const line of lines) {
    if (line.startsWith('{"row":')) {
      rows.push(line.slice('{"row":'.length, -1));
      if (rows.length === ROWS_AN_INSERT) await flush();
      continue;
    }
    await flush();
    const value = JSON.parse(line) as { table?: string; end?: { rows: number } };
    if (value.end) expected = value.end.rows;
    if (value.table !== undefined) {
      if (!tables.includes(value.table))
        throw new BackupError(`The backup has an unknown table, ${value.table}.`);
      table = value.table;
    }
  }
  if (expected !== total)
    throw new BackupError('The backup was cut off: its last line is missing. Nothing was restored.');
  // Keys that are judged at the end are judged now: a table whose judgement is still to come cannot be altered.
  await client.query('SET CONSTRAINTS ALL IMMEDIATE');
  for (const name of tables) await client.query(`ALTER TABLE "${name}" ENABLE TRIGGER USER`);
  await resumeSequences(client);
  return total;
}

/** A sequence goes on after the highest number that was loaded. */
async function resumeSequences(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT table_name AS "table", column_name AS "column",
            pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
     FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'`,
  );
  for (const { table, column, sequence } of rows) {
    await client.query(
      `SELECT setval($1, (SELECT coalesce(max("${column}"), 0) + 1 FROM "${table}"), false)`,
      [sequence],
    );
  }
}
