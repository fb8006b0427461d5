import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from './migrate';
import { createTestDatabase } from './test-database';
import { violatedLaw } from './violated-law';

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Fixed ids: each attempt runs in a transaction of its own, which is undone. */
const account = "'00000000-0000-4000-8000-00000000000a'::uuid";
const otherAccount = "'00000000-0000-4000-8000-00000000000b'::uuid";
const campaign = "'00000000-0000-4000-8000-0000000000c1'::uuid";
const foreignCampaign = "'00000000-0000-4000-8000-0000000000c2'::uuid";
const foreignChannel = "'00000000-0000-4000-8000-0000000000d2'::uuid";
const code = "'00000000-0000-4000-8000-0000000000e1'::uuid";
const temporary = "'00000000-0000-4000-8000-0000000000e2'::uuid";
const issued = "'00000000-0000-4000-8000-0000000000e3'::uuid";
const batch = "'00000000-0000-4000-8000-0000000000b1'::uuid";
const admin = "'00000000-0000-4000-8000-0000000000f1'::uuid";

const slotOf = (scene: string) =>
  `(SELECT id FROM permanent_scenes WHERE account_id = ${account} AND scene = '${scene}' AND kind = 'integer')`;
const codeColumns =
  'INSERT INTO codes (id, account_id, kind, scene_kind, scene, permanent_scene_id, is_living, label, expire_seconds)';

/** Two accounts; in the first a reserved slot 1 with its code, an issued slot 2 with its code, and a temporary code. */
const background = `
  INSERT INTO official_accounts (id, name, app_id, external_declared_at) VALUES
    (${account}, 'a', 'wxa', now()), (${otherAccount}, 'b', 'wxb', now());
  INSERT INTO campaigns (id, account_id, name) VALUES
    (${campaign}, ${account}, 'a'), (${foreignCampaign}, ${otherAccount}, 'b');
  INSERT INTO channels (id, account_id, number, name) VALUES (${foreignChannel}, ${otherAccount}, '1', 'b');
  INSERT INTO users (id, email, name, role, all_accounts) VALUES (${admin}, 'a@example.com', 'a', 'admin', true);
  INSERT INTO audit_entries (actor_kind, actor_name, action, target_kind) VALUES ('system', 's', 'a.b', 'a');
  INSERT INTO permanent_scenes (account_id, kind, scene, scene_id, state) VALUES
    (${account}, 'integer', '1', 1, 'reserved'), (${account}, 'integer', '2', 2, 'reserved');
  ${codeColumns} VALUES
    (${code}, ${account}, 'permanent', 'integer', '1', ${slotOf('1')}, false, 'x', NULL),
    (${issued}, ${account}, 'permanent', 'integer', '2', ${slotOf('2')}, false, 'x', NULL),
    (${temporary}, ${account}, 'temporary', 'integer', '9', NULL, true, 'x', 60);
  INSERT INTO scene_tenures (permanent_scene_id, code_id) VALUES (${slotOf('1')}, ${code});
  UPDATE permanent_scenes SET sent_at = now(), state = 'issued' WHERE id = ${slotOf('2')};
  UPDATE codes SET status = 'issued', ticket = 't', url = 'u', issued_at = now() WHERE id = ${issued};
  INSERT INTO batches (id, account_id, campaign_id, kind, source, total) VALUES
    (${batch}, ${account}, ${campaign}, 'temporary', 'count', 2);
  INSERT INTO codes (account_id, kind, scene_kind, scene, is_living, label, expire_seconds, batch_id, batch_line, row_digest)
    SELECT ${account}, 'temporary', 'integer', n::text, true, 'x', 60, ${batch}, n - 10, gen_random_uuid()
    FROM generate_series(11, 12) n;
`;

const takeScene = (columns: string, values: string) =>
  `INSERT INTO permanent_scenes (account_id, state, ${columns}) VALUES (${account}, 'reserved', ${values})`;
/** A temporary code as a row of a batch: kind, batch, line. */
const rowOfBatch = (accountId: string, values: string) =>
  `INSERT INTO codes (account_id, scene_kind, scene, is_living, label, expire_seconds, kind, batch_id, batch_line)
   VALUES (${accountId}, 'integer', '77', true, 'x', 60, ${values})`;
const makeCode = (values: string) => `${codeColumns} VALUES (gen_random_uuid(), ${account}, ${values})`;

/** What each law refuses when the code above it is bypassed. */
const attempts: Record<string, string[]> = {
  installation_one_row: [`INSERT INTO installation (id, secret_check) VALUES (2, 'x')`],
  users_email_lower_case: [`INSERT INTO users (email, name, role) VALUES ('A@example.com', 'a', 'viewer')`],
  users_admin_sees_all: [`INSERT INTO users (email, name, role) VALUES ('b@example.com', 'b', 'admin')`],
  users_last_admin: [
    `DELETE FROM users WHERE id = ${admin}`,
    `UPDATE users SET role = 'viewer' WHERE id = ${admin}`,
    `UPDATE users SET disabled_at = now() WHERE id = ${admin}`,
  ],
  audit_entries_append_only: [
    `UPDATE audit_entries SET action = 'c.d'`,
    'DELETE FROM audit_entries',
    'TRUNCATE audit_entries',
  ],
  permanent_ledger_not_negative: [
    `UPDATE permanent_ledgers SET cap = -1 WHERE account_id = ${account}`,
    `UPDATE permanent_ledgers SET archived = issued + 1 WHERE account_id = ${account}`,
  ],
  permanent_ledger_cap: [
    `UPDATE permanent_ledgers SET cap = 2 WHERE account_id = ${account}; ${takeScene('kind, scene, scene_id', `'integer', '3', 3`)}`,
    // Facts have overdrawn the cap: still no reservation more.
    `UPDATE permanent_ledgers SET cap = 1 WHERE account_id = ${account}; ${takeScene('kind, scene', `'string', 'a'`)}`,
    `UPDATE permanent_ledgers SET cap = 2, unlisted = 7 WHERE account_id = ${account};
     UPDATE permanent_ledgers SET reserved = reserved + 1 WHERE account_id = ${account}`,
  ],
  own_ranges_bounds: [
    `INSERT INTO own_ranges VALUES (${account}, 5, 100001)`,
    `INSERT INTO own_ranges VALUES (${account}, 9, 8)`,
  ],
  free_ranges_bounds: [`INSERT INTO free_ranges VALUES (${account}, 0, 0)`],
  permanent_scene_integer: [
    takeScene('kind, scene, scene_id', `'integer', '100001', 100001`),
    takeScene('kind, scene, scene_id', `'integer', '0', 0`),
    takeScene('kind, scene, scene_id', `'integer', '007', 7`),
    takeScene('kind, scene', `'integer', '7'`),
  ],
  permanent_scene_string: [
    takeScene('kind, scene', `'string', ''`),
    takeScene('kind, scene', `'string', repeat('x', 65)`),
    takeScene('kind, scene', `'string', repeat('店', 22)`),
    takeScene('kind, scene, scene_id', `'string', '7', 7`),
  ],
  permanent_scene_twin_is_a_fact: [takeScene('kind, scene, is_twin', `'string', '1', true`)],
  permanent_scene_issued_was_sent: [`UPDATE permanent_scenes SET state = 'issued' WHERE id = ${slotOf('1')}`],
  permanent_scenes_account_id_kind_scene_key: [
    `INSERT INTO permanent_scenes (account_id, kind, scene, scene_id, state, is_twin)
     VALUES (${account}, 'integer', '1', 1, 'external', true)`,
  ],
  permanent_scenes_one_holder: [
    takeScene('kind, scene', `'string', '1'`),
    `${takeScene('kind, scene', `'string', '77'`)}; ${takeScene('kind, scene, scene_id', `'integer', '77', 77`)}`,
  ],
  scene_tenures_one_holder: [
    `INSERT INTO scene_tenures (permanent_scene_id, code_id) VALUES (${slotOf('1')}, ${issued})`,
  ],
  scene_tenures_order: [`UPDATE scene_tenures SET to_at = from_at - interval '1 second'`],
  permanent_scene_external_undeclared: [
    `UPDATE official_accounts SET external_declared_at = NULL; ${takeScene('kind, scene', `'string', 'a'`)}`,
  ],
  permanent_scene_not_ours: [
    `UPDATE own_ranges SET from_id = 50; ${takeScene('kind, scene, scene_id', `'integer', '49', 49`)}`,
    `UPDATE permanent_ledgers SET own_prefixes = '{shop-}'; ${takeScene('kind, scene', `'string', 'metro'`)}`,
  ],
  scene_held_by_temporary: [
    takeScene('kind, scene, scene_id', `'integer', '9', 9`),
    takeScene('kind, scene', `'string', '9'`),
  ],
  permanent_scene_spent: [
    `DELETE FROM codes WHERE id = ${code}; UPDATE permanent_scenes SET sent_at = now() WHERE id = ${slotOf('1')};
     DELETE FROM permanent_scenes WHERE id = ${slotOf('1')}`,
  ],
  permanent_scene_identity: [
    `UPDATE permanent_scenes SET scene = '3', scene_id = 3 WHERE id = ${slotOf('1')}`,
    `UPDATE permanent_scenes SET account_id = ${otherAccount} WHERE id = ${slotOf('1')}`,
    `UPDATE permanent_scenes SET state = 'reserved' WHERE id = ${slotOf('2')}`,
    `UPDATE permanent_scenes SET state = 'external', sent_at = NULL WHERE id = ${slotOf('2')}`,
  ],
  code_permanent_has_slot: [
    makeCode(`'permanent', 'integer', '3', NULL, false, 'x', NULL`),
    makeCode(`'temporary', 'integer', '1', ${slotOf('1')}, false, 'x', 60`),
  ],
  code_permanent_never_expires: [`UPDATE codes SET expire_seconds = 60 WHERE id = ${code}`],
  code_temporary_expires: [
    makeCode(`'temporary', 'string', 'a', NULL, true, 'x', NULL`),
    makeCode(`'temporary', 'string', 'a', NULL, true, 'x', 0`),
    makeCode(`'temporary', 'string', 'a', NULL, true, 'x', 2592001`),
  ],
  code_temporary_integer: [
    makeCode(`'temporary', 'integer', '0', NULL, true, 'x', 60`),
    makeCode(`'temporary', 'integer', '4294967296', NULL, true, 'x', 60`),
    makeCode(`'temporary', 'integer', '1.5', NULL, true, 'x', 60`),
  ],
  code_scene_string: [
    makeCode(`'temporary', 'string', '', NULL, true, 'x', 60`),
    makeCode(`'temporary', 'string', repeat('店', 22), NULL, true, 'x', 60`),
  ],
  code_issued_has_ticket: [
    `UPDATE codes SET status = 'issued' WHERE id = ${code}`,
    `UPDATE codes SET status = 'issued', ticket = 't', url = 'u', issued_at = now() WHERE id = ${temporary}`,
  ],
  code_label_length: [
    `UPDATE codes SET label = '' WHERE id = ${code}`,
    `UPDATE codes SET label = repeat('店', 201) WHERE id = ${code}`,
  ],
  codes_one_living_scene: [makeCode(`'temporary', 'string', '9', NULL, true, 'x', 60`)],
  codes_one_holder: [makeCode(`'permanent', 'integer', '2', ${slotOf('2')}, false, 'x', NULL`)],
  code_matches_slot: [
    `UPDATE codes SET archived_at = now(); ${makeCode(`'permanent', 'integer', '3', ${slotOf('2')}, false, 'x', NULL`)}`,
  ],
  scene_held_by_permanent: [
    makeCode(`'temporary', 'integer', '1', NULL, true, 'x', 60`),
    makeCode(`'temporary', 'string', '2', NULL, true, 'x', 60`),
  ],
  code_identity: [
    `UPDATE codes SET scene = '5' WHERE id = ${temporary}`,
    `UPDATE codes SET account_id = ${otherAccount} WHERE id = ${temporary}`,
    `UPDATE codes SET ticket = 'other' WHERE id = ${issued}`,
    `UPDATE codes SET status = 'failed' WHERE id = ${issued}`,
    `UPDATE codes SET is_living = false WHERE id = ${temporary};
     UPDATE codes SET is_living = true WHERE id = ${temporary}`,
  ],
  code_never_deleted: [
    `DELETE FROM codes WHERE id = ${issued}`,
    `UPDATE permanent_scenes SET sent_at = now() WHERE id = ${slotOf('1')}; DELETE FROM codes WHERE id = ${code}`,
  ],
  campaign_dates: [`UPDATE campaigns SET starts_on = '2026-02-01', ends_on = '2026-01-31'`],
  campaign_name_length: [`UPDATE campaigns SET name = ''`, `UPDATE campaigns SET name = repeat('x', 201)`],
  channel_number_length: [`UPDATE channels SET number = ''`, `UPDATE channels SET number = repeat('x', 65)`],
  channel_name_length: [`UPDATE channels SET name = ''`, `UPDATE channels SET name = repeat('x', 201)`],
  assignment_same_account: [
    `INSERT INTO assignments (code_id, campaign_id) VALUES (${code}, ${foreignCampaign})`,
    `INSERT INTO assignments (code_id, campaign_id) VALUES (${code}, ${campaign});
     UPDATE assignments SET campaign_id = ${foreignCampaign}`,
  ],
  batch_counts: [
    `UPDATE batches SET total = 1`,
    `UPDATE batches SET reserved = -1, returned = 2`,
    `UPDATE batches SET issued = 2`,
  ],
  batch_total: [`UPDATE batches SET total = 100001`],
  batch_pause_is_told: [`UPDATE batches SET state = 'paused'`],
  batch_open_has_rows: [
    `INSERT INTO batches (account_id, campaign_id, kind, source, state, total, reserved)
     VALUES (${account}, ${campaign}, 'permanent', 'count', 'done', 1, 1)`,
  ],
  batch_done_is_issued: [
    `INSERT INTO batches (account_id, campaign_id, kind, source, state, total, failed)
     VALUES (${account}, ${campaign}, 'permanent', 'count', 'done', 1, 1)`,
  ],
  batch_same_account: [
    `UPDATE batches SET campaign_id = ${foreignCampaign}`,
    `UPDATE batches SET channel_id = ${foreignChannel}`,
  ],
  code_batch_line: [
    rowOfBatch(account, `'temporary', ${batch}, NULL`),
    rowOfBatch(account, `'temporary', NULL, 3`),
  ],
  codes_one_row: [
    `INSERT INTO codes (account_id, kind, scene_kind, scene, is_living, label, expire_seconds, row_digest)
     SELECT account_id, kind, scene_kind, '77', true, 'x', 60, row_digest FROM codes WHERE batch_line = 1`,
  ],
  codes_batch_line: [rowOfBatch(account, `'temporary', ${batch}, 1`)],
  code_matches_batch: [
    rowOfBatch(otherAccount, `'temporary', ${batch}, 3`),
    `UPDATE batches SET kind = 'permanent'; ${rowOfBatch(account, `'temporary', ${batch}, 3`)}`,
  ],
  code_row_identity: [
    `UPDATE codes SET batch_id = NULL, batch_line = NULL WHERE batch_line = 1`,
    `UPDATE codes SET batch_line = 9 WHERE batch_line = 1`,
    `UPDATE codes SET row_digest = ${account} WHERE batch_line = 1`,
  ],
  code_same_account: [
    `UPDATE codes SET channel_id = ${foreignChannel} WHERE id = ${code}`,
    `UPDATE codes SET channel_id = gen_random_uuid() WHERE id = ${code}`,
  ],
};

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
