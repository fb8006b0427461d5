import {
  account,
  admin,
  batch,
  campaign,
  code,
  foreignCampaign,
  foreignChannel,
  issued,
  makeCode,
  otherAccount,
  rowOfBatch,
  slotOf,
  takeScene,
  temporary,
} from './fixtures';

/** What each law refuses when the code above it is bypassed. */
export const attempts: Record<string, string[]> = {
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
  code_temporary_integer: [
    makeCode(`'temporary', 'integer', '0', NULL, true, 'x', 60`),
    makeCode(`'temporary', 'integer', '4294967296', NULL, true, 'x', 60`),
    makeCode(`'temporary', 'integer', '1.5', NULL, true, 'x', 60`),
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
