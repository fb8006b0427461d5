import { account, code } from './fixtures';

const aFollower = `INSERT INTO followers (account_id, person_key, first_seen_at) VALUES (${account}, gen_random_uuid(), now());`;
/** An event of a new follower: columns and values beside the needed ones. */
const event = (columns: string, values: string) => `${aFollower}
  INSERT INTO scan_events (account_id, digest, at, local_date, follower_id, ${columns})
  SELECT ${account}, gen_random_uuid(), now(), current_date, max(id), ${values} FROM followers`;
const aside = (columns: string, values: string) =>
  `INSERT INTO set_aside_scenes (account_id, ${columns}) VALUES (${account}, ${values})`;

export const attempts: Record<string, string[]> = {
  account_event_retention: ['UPDATE official_accounts SET event_retention_days = 29'],
  campaign_cost: ['UPDATE campaigns SET cost = -0.01'],
  tag_name_length: [
    `INSERT INTO tags (account_id, name) VALUES (${account}, '')`,
    `INSERT INTO tags (account_id, name) VALUES (${account}, repeat('x', 31))`,
  ],
  follower_forgotten_has_no_openid: [
    `INSERT INTO followers (account_id, person_key, first_seen_at, forgotten_at, openid_sealed)
     VALUES (${account}, gen_random_uuid(), now(), now(), 'x')`,
  ],
  scan_event_hour: [event('kind, local_hour', `'subscribe', 24`)],
  scan_event_scan_has_scene: [event('kind, local_hour', `'scan', 1`)],
  scan_event_unsubscribe_has_none: [event('kind, local_hour, scene', `'unsubscribe', 1, '5'`)],
  scan_event_code_has_scene: [event('kind, local_hour, code_id', `'subscribe', 1, ${code}`)],
  set_aside_scene_is_one: [
    aside('prefix', `''`),
    aside('from_id, to_id', '9, 8'),
    aside('from_id, to_id', '1, 4294967296'),
    aside('prefix, from_id, to_id', `'login-', 1, 2`),
    aside('note', `'nothing'`),
  ],
  recounts_one_waiting: [
    `INSERT INTO recounts (account_id, reason) VALUES (${account}, 'adopt'), (${account}, 'adopt')`,
  ],
  recounts_one_of_all: [
    `INSERT INTO recounts (account_id, reason) VALUES (${account}, 'replay'), (${account}, 'check')`,
  ],
};
