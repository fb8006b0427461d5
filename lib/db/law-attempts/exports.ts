import { account, issued } from './fixtures';

const columns =
  'account_id, way, state, shape, format, query, left_out, design, drawing_version, name_template, time_zone, max_data_bytes, manifest_row_bytes, expires_at';
const insert = (given: { state?: string; more?: string; values?: string }) =>
  `INSERT INTO exports (${columns}, ${given.more ?? 'total, selection'})
   VALUES (${account}, 'prepared', '${given.state ?? 'queued'}', 'zip', 'png', '{}', '{}', '{}', 1, '{label}', 'UTC', 1, 1, now(),
   ${given.values ?? "1, decode(repeat('00', 16), 'hex')"})`;
const item = (values: string) =>
  `WITH made AS (${insert({})} RETURNING id)
   INSERT INTO export_items (export_id, code_id, file_name, position, bytes, crc32, sha256) SELECT id, ${issued}, 'x', ${values} FROM made`;
const part = (values: string) =>
  `WITH made AS (${insert({})} RETURNING id)
   INSERT INTO export_parts (export_id, part, at, pages, bytes, object_at) SELECT id, ${values} FROM made`;
const sum = "decode(repeat('00', 32), 'hex')";

export const attempts: Record<string, string[]> = {
  account_export_retention: [
    'UPDATE official_accounts SET export_retention_days = 0',
    'UPDATE official_accounts SET export_retention_days = 366',
  ],
  export_total: [insert({ values: "0, ''" })],
  export_done_within_total: [
    insert({ more: 'done, total, selection', values: "2, 1, decode(repeat('00', 16), 'hex')" }),
  ],
  export_done_is_whole: [insert({ state: 'done' })],
  export_selection_length: [insert({ values: "2, decode(repeat('00', 16), 'hex')" })],
  export_merge_is_of_zip: [
    insert({ more: 'merge_row_bytes, total, selection', values: "0, 1, decode(repeat('00', 16), 'hex')" }),
  ],
  export_selection_kept: [insert({ values: '1, NULL' })],
  export_item_position: [item(`-1, 1, 1, ${sum}`)],
  export_item_sums: [item(`0, 0, 1, ${sum}`), item(`0, 1, -1, ${sum}`), item("0, 1, 1, ''")],
  export_part_place: [part("-1, 0, 0, 'x', '{}'"), part("0, -1, 0, 'x', '{}'"), part("0, 0, 0, '', '{}'")],
  export_part_objects: [part("0, 0, -1, 'x', '{}'"), part("0, 0, 1, 'x', '{1}'")],
  export_share_ends_later: [
    `WITH made AS (${insert({})} RETURNING id)
     INSERT INTO export_shares (export_id, token_hash, created_at, expires_at) SELECT id, 'x', now(), now() FROM made`,
  ],
};
