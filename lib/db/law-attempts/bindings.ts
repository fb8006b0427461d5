import { account, code, codeColumns } from './fixtures';

const binding = (columns: string, values: string) =>
  `INSERT INTO bindings (account_id, external_user_id, expires_at, ${columns}) VALUES (${account}, 'u', now(), ${values})`;
const follower = `INSERT INTO followers (account_id, person_key, first_seen_at) VALUES (${account}, gen_random_uuid(), now());`;

export const attempts: Record<string, string[]> = {
  return_url_origin_count: [
    `UPDATE official_accounts SET return_url_origins = array_fill('https://a.example'::text, ARRAY[51])`,
  ],
  code_binding_hangs_nowhere: [
    `${codeColumns.replace(')', ', origin, renews_id)')} VALUES
      (gen_random_uuid(), ${account}, 'temporary', 'integer', '8', NULL, true, 'x', 60, 'binding', ${code})`,
  ],
  binding_user: [
    `INSERT INTO bindings (account_id, external_user_id, expires_at) VALUES (${account}, '', now())`,
  ],
  binding_scanned_in_time: [binding('scanned_at', "now() + interval '1 second'")],
  binding_scanner_scanned: [`${follower} ${binding('follower_id', '(SELECT max(id) FROM followers)')}`],
  binding_binds_once: [
    `${binding('scanned_at', "now() - interval '1 second'")}; UPDATE bindings SET scanned_at = now()`,
    `${follower} ${binding('scanned_at', 'now()')};
     UPDATE bindings SET follower_id = (SELECT max(id) FROM followers)`,
  ],
};
