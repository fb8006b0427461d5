import { account, campaign, code } from './fixtures';

const relay = (columns: string, values: string) =>
  `INSERT INTO relays (account_id, name, url, token_sealed, ${columns}) VALUES (${account}, 'a', 'https://example.com', 't', ${values})`;
const answering = relay('takes_all, answers', 'true, true');

export const attempts: Record<string, string[]> = {
  relay_safe_has_key: [relay('takes_all, mode', `true, 'safe'`)],
  relay_takes_something: [relay('takes_all', 'false')],
  relays_one_answers: [`${answering}; ${answering}`],
  relayed_push_reply_is_settled: [
    `INSERT INTO relayed_pushes (account_id, digest, reply_sealed) VALUES (${account}, gen_random_uuid(), 'r')`,
  ],
  reply_of_code_or_campaign: [
    `INSERT INTO replies (account_id, for_new) VALUES (${account}, '{}')`,
    `INSERT INTO replies (account_id, code_id, campaign_id, for_new) VALUES (${account}, ${code}, ${campaign}, '{}')`,
  ],
  follower_task_waits_for_its_turn: [
    `INSERT INTO tags (account_id, name) VALUES (${account}, 't');
     INSERT INTO followers (account_id, person_key, first_seen_at) VALUES (${account}, gen_random_uuid(), now());
     INSERT INTO follower_tasks (account_id, follower_id, tag_id, state)
       SELECT ${account}, f.id, t.id, 'done' FROM followers f, tags t`,
  ],
};
