import { account, otherAccount } from './fixtures';

const logo = (values: string) =>
  `INSERT INTO print_logos (account_id, sha256, png, width_px, height_px) VALUES (${account}, 'x', ${values})`;
const design = (columns: string, values: string) =>
  `INSERT INTO print_designs (account_id, name, settings${columns}) VALUES (${account}, 'd', '{}'${values})`;

/** What each law of designs refuses when the code above it is bypassed. */
export const attempts: Record<string, string[]> = {
  print_logo_bounds: [
    logo(`'a', 0, 10`),
    logo(`'a', 10, 1025`),
    logo(`'', 10, 10`),
    logo(`decode(repeat('00', 2097153), 'hex'), 10, 10`),
  ],
  print_logos_account_id_sha256_key: [`${logo(`'a', 1, 1`)}; ${logo(`'a', 1, 1`)}`],
  print_design_name: [
    `INSERT INTO print_designs (account_id, name, settings) VALUES (${account}, '', '{}')`,
    `INSERT INTO print_designs (account_id, name, settings) VALUES (${account}, repeat('样', 101), '{}')`,
  ],
  print_design_settings: [
    `INSERT INTO print_designs (account_id, name, settings) VALUES (${account}, 'd', '[]')`,
    design(', sheet', `, '1'`),
    design(', sheet', `, jsonb_build_object('a', repeat('x', 20000))`),
  ],
  print_design_default_living: [design(', is_default, archived_at', ', true, now()')],
  print_designs_one_default: [
    `INSERT INTO print_designs (account_id, name, settings, is_default)
     SELECT ${account}, n::text, '{}', true FROM generate_series(1, 2) n`,
  ],
  print_designs_living_name: [`${design('', '')}; ${design('', '')}`],
  print_designs_account_id_logo_id_fkey: [
    `INSERT INTO print_logos (account_id, sha256, png, width_px, height_px) VALUES (${otherAccount}, 'x', 'a', 1, 1);
     ${design(', logo_id', ', (SELECT id FROM print_logos)')}`,
  ],
  print_design_version: [
    `${design('', '')}; UPDATE print_designs SET settings = '{"a": 1}'`,
    `${design('', '')}; UPDATE print_designs SET version = 2`,
    `${design('', '')}; UPDATE print_designs SET name = 'e', version = 3`,
  ],
  print_design_version_stays: [`${design('', '')}; UPDATE print_design_versions SET settings = '{"a": 1}'`],
};
