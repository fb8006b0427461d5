import { code, otherAccount } from './fixtures';

export const attempts: Record<string, string[]> = {
  code_tag_same_account: [
    `INSERT INTO tags (account_id, name) VALUES (${otherAccount}, 'foreign');
     INSERT INTO code_tags (code_id, tag_id) SELECT ${code}, id FROM tags`,
  ],
};
