/** Fixed ids: each attempt runs in a transaction of its own, which is undone. */
export const account = "'00000000-0000-4000-8000-00000000000a'::uuid";
export const otherAccount = "'00000000-0000-4000-8000-00000000000b'::uuid";
export const campaign = "'00000000-0000-4000-8000-0000000000c1'::uuid";
export const foreignCampaign = "'00000000-0000-4000-8000-0000000000c2'::uuid";
export const foreignChannel = "'00000000-0000-4000-8000-0000000000d2'::uuid";
export const code = "'00000000-0000-4000-8000-0000000000e1'::uuid";
export const temporary = "'00000000-0000-4000-8000-0000000000e2'::uuid";
export const issued = "'00000000-0000-4000-8000-0000000000e3'::uuid";
export const batch = "'00000000-0000-4000-8000-0000000000b1'::uuid";
export const admin = "'00000000-0000-4000-8000-0000000000f1'::uuid";

export const slotOf = (scene: string) =>
  `(SELECT id FROM permanent_scenes WHERE account_id = ${account} AND scene = '${scene}' AND kind = 'integer')`;
export const codeColumns =
  'INSERT INTO codes (id, account_id, kind, scene_kind, scene, permanent_scene_id, is_living, label, expire_seconds)';

/** Two accounts; in the first a reserved slot 1 with its code, an issued slot 2 with its code, and a temporary code. */
export const background = `
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

export const takeScene = (columns: string, values: string) =>
  `INSERT INTO permanent_scenes (account_id, state, ${columns}) VALUES (${account}, 'reserved', ${values})`;
/** A temporary code as a row of a batch: kind, batch, line. */
export const rowOfBatch = (accountId: string, values: string) =>
  `INSERT INTO codes (account_id, scene_kind, scene, is_living, label, expire_seconds, kind, batch_id, batch_line)
   VALUES (${accountId}, 'integer', '77', true, 'x', 60, ${values})`;
export const makeCode = (values: string) =>
  `${codeColumns} VALUES (gen_random_uuid(), ${account}, ${values})`;
