import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';

const migrationsFolder = path.join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations');

/** Any number, the same in every process: whoever holds it migrates, the others wait. */
const MIGRATION_LOCK = 7_248_211;

// The table as Prisma's own engine makes it, so that `prisma migrate deploy` sees the same history.
const createHistoryTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export type Migration = { name: string; sql: string; checksum: string };

export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(migrationsFolder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Applies what is not yet applied, each migration in a transaction of its own, under a lock shared by all processes.
 *
 * A migration that fails leaves no trace of itself, so the next start tries again once it is mended.
 *
 * @param upTo  stops after the migration of this name (for restoring an older backup)
 * @returns the names applied now
 * @throws MigrationError  one failed, or the database has a migration that this version does not know
 */
export async function migrate(pool: pg.Pool, upTo?: string): Promise<string[]> {
  const migrations = await readMigrations();
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(createHistoryTable);
    const applied = await readHistory(client, migrations);
    const last =
      upTo === undefined ? migrations.length - 1 : migrations.findIndex(({ name }) => name === upTo);
    if (upTo !== undefined && last < 0)
      throw new MigrationError(`This version has no migration named ${upTo}.`);
    const pending = migrations.slice(0, last + 1).filter(({ name }) => !applied.has(name));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    client.release();
  }
}

async function readHistory(client: pg.PoolClient, migrations: Migration[]): Promise<Set<string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  for (const row of rows) {
    const known = migrations.find(({ name }) => name === row.migration_name);
    if (!known) {
      throw new MigrationError(
        `The database was migrated by a newer version (${row.migration_name}). Start that version, or restore a backup.`,
      );
    }
    if (known.checksum !== row.checksum) {
      throw new MigrationError(`The migration ${known.name} was changed after the database had applied it.`);
    }
    if (row.finished_at === null) {
      throw new MigrationError(`The migration ${known.name} was begun by another tool and did not finish.`);
    }
  }
  return new Set(rows.map(({ migration_name }) => migration_name));
}

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`The migration ${name} failed and was undone: ${reason}`, { cause: error });
  }
}
