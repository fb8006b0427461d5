import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../open-database';
import { createTestDatabase } from '../test-database';
import { BackupError } from './format';
import { restoreBackup } from './restore-backup';
import { writeBackup } from './write-backup';

let folder: string;
let file: string;
let source: Database;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'qudao-backup-'));
  file = path.join(folder, 'made.backup.gz');
  source = await createTestDatabase();
  await source.prisma.installation.create({ data: { secretCheck: 'check' } });
  const account = await source.prisma.officialAccount.create({
    data: { name: '示例 “quoted”\n', appId: 'wx1', externalDeclaredAt: new Date() },
  });
  // More than one insert's worth, with gaps, and a number that JavaScript cannot hold.
  await source.pool.query(
    `INSERT INTO permanent_scenes (account_id, kind, scene, scene_id, state)
     SELECT $1, 'integer', i::text, i, 'external' FROM generate_series(1, 5000, 2) i`,
    [account.id],
  );
  await source.pool.query(`SELECT setval('audit_entries_id_seq', 9007199254740993)`);
  await source.prisma.auditEntry.create({
    data: {
      actorKind: 'system',
      actorName: 'test',
      action: 'a.b',
      targetKind: 'x',
      details: { text: '渠道码' },
    },
  });
});

afterAll(async () => {
  await source?.close();
  await rm(folder, { recursive: true, force: true });
});

const everything = async ({ pool }: Database) => {
  const tables = [
    'official_accounts',
    'permanent_ledgers',
    'free_ranges',
    'own_ranges',
    'permanent_scenes',
    'audit_entries',
  ];
  const contents = await Promise.all(
    tables.map(async (table) => {
      const { rows } = await pool.query(`SELECT row_to_json(t)::text AS row FROM "${table}" t ORDER BY 1`);
      return [table, rows.map(({ row }) => row as string)] as const;
    }),
  );
  return Object.fromEntries(contents);
};

it('restores to the last row into an empty database, which then goes on counting', async () => {
  const written = await writeBackup(source.pool, file);
  const target = await createTestDatabase();
  try {
    const { rows } = await restoreBackup(target.pool, file);
    expect(rows).toBe(written.rows);
    expect(await everything(target)).toEqual(await everything(source));

    // The laws are awake again: the counters follow, and numbers go on after the highest.
    const [account] = await target.prisma.officialAccount.findMany();
    await target.pool.query(
      `INSERT INTO permanent_scenes (account_id, kind, scene, scene_id, state) VALUES ($1, 'integer', '2', 2, 'reserved')`,
      [account?.id],
    );
    const [ledger] = await target.prisma.permanentLedger.findMany();
    expect(ledger).toMatchObject({ reserved: 1, external: 2500 });
    await expect(target.pool.query('DELETE FROM audit_entries')).rejects.toThrow('audit_entries_append_only');
  } finally {
    await target.close();
  }
});

it('refuses a database that is not empty, and changes nothing in it', async () => {
  const before = await everything(source);
  await expect(restoreBackup(source.pool, file)).rejects.toThrow(BackupError);
  expect(await everything(source)).toEqual(before);
});

it.each([
  ['cut off', (text: string) => text.slice(0, text.lastIndexOf('{"end"'))],
  ['short of a row', (text: string) => text.replace(/\{"row":.*\}\n/, '')],
  ['no backup', () => 'hello'],
])('refuses a file that is %s, and leaves nothing behind', async (_name, damage) => {
  const damaged = path.join(folder, 'damaged.backup.gz');
  const text = gunzipSync(await readFile(file)).toString('utf8');
  await writeFile(damaged, gzipSync(damage(text)));
  const target = await createTestDatabase();
  try {
    await expect(restoreBackup(target.pool, damaged)).rejects.toThrow(BackupError);
    expect(await target.prisma.officialAccount.count()).toBe(0);
  } finally {
    await target.close();
  }
});

it('refuses a file that is not there, and one that is not gzip', async () => {
  const target = await createTestDatabase();
  try {
    await expect(restoreBackup(target.pool, path.join(folder, 'none'))).rejects.toThrow(/no file/);
    await writeFile(path.join(folder, 'plain'), 'hello');
    await expect(restoreBackup(target.pool, path.join(folder, 'plain'))).rejects.toThrow(BackupError);
  } finally {
    await target.close();
  }
});
