import 'server-only';
import type { Db } from '../db/open-database';
import type { SceneRange } from './types';

/**
 * Enters integers that other systems have used. Those that are in the ledger already stay what they are.
 *
 * A scene whose digits the ledger holds as a string is entered as a twin: a fact at WeChat, never given out.
 *
 * @param ranges  in order, not touching
 * @returns how many were new
 */
export async function insertExternalIds(
  db: Db,
  accountId: string,
  ranges: readonly SceneRange[],
): Promise<number> {
  if (ranges.length === 0) return 0;
  return db.$executeRaw`
    INSERT INTO permanent_scenes (account_id, kind, scene, scene_id, state, is_twin)
    SELECT ${accountId}::uuid, 'integer', number::text, number, 'external', EXISTS (
      SELECT 1 FROM permanent_scenes s
      WHERE s.account_id = ${accountId}::uuid AND s.scene = number::text AND s.kind = 'string' AND NOT s.is_twin)
    FROM unnest(${ranges.map(([from]) => from)}::int[], ${ranges.map(([, to]) => to)}::int[]) AS r(a, b),
      LATERAL generate_series(r.a, r.b) AS number
    ON CONFLICT (account_id, kind, scene) DO NOTHING`;
}

/** The same for strings, each once. */
export async function insertExternalStrs(
  db: Db,
  accountId: string,
  strs: readonly string[],
): Promise<number> {
  if (strs.length === 0) return 0;
  return db.$executeRaw`
    INSERT INTO permanent_scenes (account_id, kind, scene, state, is_twin)
    SELECT ${accountId}::uuid, 'string', str, 'external', EXISTS (
      SELECT 1 FROM permanent_scenes s
      WHERE s.account_id = ${accountId}::uuid AND s.scene = str AND s.kind = 'integer' AND NOT s.is_twin)
    FROM unnest(${strs}::text[]) AS str
    ON CONFLICT (account_id, kind, scene) DO NOTHING`;
}
