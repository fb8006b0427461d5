import { account, code, otherAccount } from './fixtures';

const task = (ofTask: string, ofFollower: string, ofTag: string) =>
  `INSERT INTO tags (account_id, name) VALUES (${ofTag}, 't');
   INSERT INTO followers (account_id, person_key, first_seen_at) VALUES (${ofFollower}, gen_random_uuid(), now());
   INSERT INTO follower_tasks (account_id, follower_id, tag_id) SELECT ${ofTask}, f.id, t.id FROM followers f, tags t`;

export const attempts: Record<string, string[]> = {
  code_tag_same_account: [
    `INSERT INTO tags (account_id, name) VALUES (${otherAccount}, 'foreign');
     INSERT INTO code_tags (code_id, tag_id) SELECT ${code}, id FROM tags`,
  ],
  follower_task_same_account: [
    task(otherAccount, account, account),
    task(account, otherAccount, account),
    task(account, account, otherAccount),
  ],
};
