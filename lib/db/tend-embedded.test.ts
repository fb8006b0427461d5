import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from './open-database';
import { tendTables } from './tend-embedded';

let database: Awaited<ReturnType<typeof openDatabase>>;

beforeAll(async () => {
  database = await openDatabase({ kind: 'embedded', dataDir: null });
  await database.pool.query('CREATE TABLE busy (id int PRIMARY KEY, n int); CREATE TABLE quiet (id int)');
});
afterAll(() => database.close());

async function rowsKnown(table: string): Promise<number> {
  const { rows } = await database.pool.query('SELECT reltuples FROM pg_class WHERE relname = $1', [table]);
  return rows[0].reltuples;
}

it('gives the planner its statistics where much has changed, and leaves the rest alone', async () => {
  await database.pool.query('INSERT INTO busy SELECT i, 0 FROM generate_series(1, 1000) i');
  expect(await rowsKnown('busy')).toBe(-1);
  expect(await tendTables(database.pool)).toEqual(['busy']);
  expect(await rowsKnown('busy')).toBe(1000);
  expect(await tendTables(database.pool)).toEqual([]);
  expect(await rowsKnown('quiet')).toBe(-1);
});
