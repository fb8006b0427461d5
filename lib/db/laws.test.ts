import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, background } from './law-attempts/fixtures';
import { readMigrations } from './migrate';
import { createTestDatabase } from './test-database';
import { violatedLaw } from './violated-law';

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** A file a noun: statements that break each law, by its name; several nouns may try the same. */
const attempts: Record<string, string[]> = {};
const files = import.meta.glob<{ attempts?: Record<string, string[]> }>('./law-attempts/*.ts', {
  eager: true,
});
for (const file of Object.values(files)) {
  for (const [law, statements] of Object.entries(file.attempts ?? {})) {
    attempts[law] = [...(attempts[law] ?? []), ...statements];
  }
}

async function inUndoneTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(background);
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('each law refuses when the code above it is bypassed', () => {
  const cases = Object.entries(attempts).flatMap(([law, statements]) =>
    statements.map((sql, place) => ({ law, sql, name: `${law} (${place + 1})` })),
  );

  it.each(cases)('$name', async ({ law, sql }) => {
    await inUndoneTransaction(async (client) => {
      const error = await client.query(sql).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(violatedLaw(error)).toBe(law);
    });
  });

  it('and no law stands in the migrations without such a test', async () => {
    const sql = (await readMigrations()).map((migration) => migration.sql).join('\n');
    const patterns = [
      /CONSTRAINT "([a-z_]+)" CHECK/g,
      /CREATE UNIQUE INDEX "([a-z_]+)" ON "(?:permanent_scenes|scene_tenures|codes)" [^;]*(?:WHERE|coalesce)/g,
      /RAISE EXCEPTION 'law ([a-z_]+):/g,
      /"ledger_refusal"\('([a-z_]+)'/g,
    ];
    const laws = new Set(patterns.flatMap((pattern) => [...sql.matchAll(pattern)].map((match) => match[1])));
    expect(laws.size).toBeGreaterThan(30);
    expect([...laws].filter((law) => law && !attempts[law])).toEqual([]);
  });
});

describe('facts', () => {
  it('are recorded beyond the cap, as twins, and outside of own ranges', async () => {
    const rows = await inUndoneTransaction(async (client) => {
      await client.query(`UPDATE permanent_ledgers SET cap = 2 WHERE account_id = ${account}`);
      await client.query('UPDATE own_ranges SET to_id = 10');
      await client.query(`INSERT INTO permanent_scenes (account_id, kind, scene, scene_id, state, is_twin) VALUES
        (${account}, 'integer', '9', 9, 'external', false), (${account}, 'string', '1', NULL, 'external', true),
        (${account}, 'integer', '20', 20, 'external', false)`);
      const counters = await client.query(
        `SELECT cap, reserved, issued, external, overdrawn FROM permanent_ledgers WHERE account_id = ${account}`,
      );
      const gaps = await client.query(
        `SELECT from_id, to_id FROM free_ranges WHERE account_id = ${account} ORDER BY from_id`,
      );
      return [counters.rows, gaps.rows];
    });
    expect(rows).toEqual([
      [{ cap: 2, reserved: 1, issued: 1, external: 3, overdrawn: 3 }],
      [
        { from_id: 3, to_id: 8 },
        { from_id: 10, to_id: 19 },
        { from_id: 21, to_id: 100_000 },
      ],
    ]);
  });
});
