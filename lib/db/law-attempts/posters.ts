import { account } from './fixtures';

const insert = (name: string, values: string) =>
  `INSERT INTO posters (account_id, name, width_mm, height_mm, base, anchors, preview, placement)
   VALUES (${account}, ${name}, ${values}, '{}', 'a', '{}')`;

export const attempts: Record<string, string[]> = {
  poster_name: [insert(`''`, `100, 100, 'a'`)],
  poster_bounds: [
    insert(`'p'`, `1, 100, 'a'`),
    insert(`'p'`, `100, 6000, 'a'`),
    insert(`'p'`, `100, 100, ''`),
  ],
};
