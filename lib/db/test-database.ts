import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { migrate, readMigrations } from './migrate';
import { type Database, openDatabase } from './open-database';

const cacheFolder = path.join(process.cwd(), 'node_modules', '.cache', 'qudao');

/** The database that this run of the tests is on: `npm test` runs them on both. */
export const testedDatabase = process.env.TEST_DATABASE_URL ? 'postgresql' : 'embedded';

/**
 * An empty, migrated database of its own for one test file: a copy of a migrated one, so that it is there at once.
 *
 * With TEST_DATABASE_URL (a server that may create databases) it is PostgreSQL, else PGlite in memory.
 */
export async function createTestDatabase(): Promise<Database & { url: string | null }> {
  const serverUrl = process.env.TEST_DATABASE_URL;
  if (serverUrl) return createPostgresDatabase(serverUrl);
  return {
    ...(await openDatabase({ kind: 'embedded', dataDir: null, dump: await migratedDump() })),
    url: null,
  };
}

async function migrationsDigest(): Promise<string> {
  const hash = createHash('sha256');
  for (const { checksum } of await readMigrations()) hash.update(checksum);
  return hash.digest('hex').slice(0, 16);
}

async function migratedDump(): Promise<Uint8Array> {
  const file = path.join(cacheFolder, `migrated-${await migrationsDigest()}.tar`);
  try {
    return await readFile(file);
  } catch {
    const database = await openDatabase({ kind: 'embedded', dataDir: null });
    await migrate(database.pool);
    if (database.dump === null) throw new Error('an embedded database can be dumped');
    const dump = await database.dump();
    await database.close();
    await mkdir(cacheFolder, { recursive: true });
    const half = `${file}.${randomUUID()}`;
    await writeFile(half, dump);
    await rename(half, file);
    return dump;
  }
}

async function createPostgresDatabase(serverUrl: string): Promise<Database & { url: string }> {
  const template = `qudao_template_${await migrationsDigest()}`;
  const name = `qudao_test_${randomUUID().replaceAll('-', '')}`;
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  try {
    await server.query('SELECT pg_advisory_lock(7248212)');
    const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) {
      await server.query(`CREATE DATABASE "${template}_half"`);
      const database = await openDatabase({
        kind: 'postgresql',
        url: atDatabase(serverUrl, `${template}_half`),
      });
      await migrate(database.pool);
      await database.close();
      await server.query(`ALTER DATABASE "${template}_half" RENAME TO "${template}"`);
    }
    await server.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  } finally {
    await server.end();
  }
  const url = atDatabase(serverUrl, name);
  const database = await openDatabase({ kind: 'postgresql', url });
  return { ...database, url };
}

function atDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
