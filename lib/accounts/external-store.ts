import 'server-only';
import type { Db } from '../db/open-database';
import type { ExternalSource, SceneRange } from './types';

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
  importId: string,
  ranges: readonly SceneRange[],
): Promise<number> {
  if (ranges.length === 0) return 0;
  return db.$executeRaw`
    INSERT INTO permanent_scenes (account_id, kind, scene, scene_id, state, is_twin, external_import_id)
    SELECT ${accountId}::uuid, 'integer', number::text, number, 'external', EXISTS (
      SELECT 1 FROM permanent_scenes s
      WHERE s.account_id = ${accountId}::uuid AND s.scene = number::text AND s.kind = 'string' AND NOT s.is_twin),
      ${importId}::uuid
    FROM unnest(${ranges.map(([from]) => from)}::int[], ${ranges.map(([, to]) => to)}::int[]) AS r(a, b),
      LATERAL generate_series(r.a, r.b) AS number
    ON CONFLICT (account_id, kind, scene) DO NOTHING`;
}

/** The same for strings, each once. */
export async function insertExternalStrs(
  db: Db,
  accountId: string,
  importId: string,
  strs: readonly string[],
): Promise<number> {
  if (strs.length === 0) return 0;
  return db.$executeRaw`
    INSERT INTO permanent_scenes (account_id, kind, scene, state, is_twin, external_import_id)
    SELECT ${accountId}::uuid, 'string', str, 'external', EXISTS (
      SELECT 1 FROM permanent_scenes s
      WHERE s.account_id = ${accountId}::uuid AND s.scene = str AND s.kind = 'integer' AND NOT s.is_twin),
      ${importId}::uuid
    FROM unnest(${strs}::text[]) AS str
    ON CONFLICT (account_id, kind, scene) DO NOTHING`;
}

export type NewImport = {
  id: string;
  accountId: string;
  source: ExternalSource;
  fileName: string | null;
  none: boolean;
  ranges: readonly SceneRange[];
  strs: readonly string[];
  createdByName: string;
  createdAt: Date;
};

/** Before its scenes, which name it; `countImport` follows. */
export async function insertImport(db: Db, { ranges, strs, ...row }: NewImport): Promise<void> {
  await db.externalImport.create({
    data: { ...row, ranges: ranges.map(([from, to]) => [from, to]), strs: [...strs], added: 0, known: 0 },
    select: { id: true },
  });
}

export async function countImport(
  db: Db,
  id: string,
  counts: { added: number; known: number },
): Promise<void> {
  await db.externalImport.update({ where: { id }, data: counts, select: { id: true } });
}

export type Overlap = { known: number; ours: number };

/** Of these scenes, how many the ledger holds, and how many of those were given out by this app. Reads only. */
export async function countOverlap(
  db: Db,
  accountId: string,
  ranges: readonly SceneRange[],
  strs: readonly string[],
): Promise<Overlap> {
  const rows = await db.$queryRaw<Overlap[]>`
    SELECT count(*)::int AS "known", (count(*) FILTER (WHERE s.state <> 'external'))::int AS "ours"
    FROM permanent_scenes s
    WHERE s.account_id = ${accountId}::uuid AND (
      s.kind = 'integer' AND int4multirange(VARIADIC ARRAY(
        SELECT int4range(a, b + 1)
        FROM unnest(${ranges.map(([from]) => from)}::int[], ${ranges.map(([, to]) => to)}::int[]) AS r(a, b)
      )) @> s.scene_id
      OR s.kind = 'string' AND s.scene IN (SELECT unnest(${strs}::text[])))`;
  return rows[0] ?? { known: 0, ours: 0 };
}

const importSelect = {
  id: true,
  sequence: true,
  source: true,
  fileName: true,
  none: true,
  ranges: true,
  strs: true,
  added: true,
  known: true,
  createdByName: true,
  createdAt: true,
  undoneByName: true,
  undoneAt: true,
} as const;

/** Newest first. */
export function findImports(db: Db, accountId: string, query: { before: bigint | null; take: number }) {
  return db.externalImport.findMany({
    where: { accountId, ...(query.before === null ? {} : { sequence: { lt: query.before } }) },
    orderBy: { sequence: 'desc' },
    take: query.take,
    select: importSelect,
  });
}

export function findImport(db: Db, accountId: string, id: string) {
  return db.externalImport.findFirst({ where: { id, accountId }, select: importSelect });
}

export type ImportRow = NonNullable<Awaited<ReturnType<typeof findImport>>>;

/** Of each import, the scenes that have become codes since. */
export async function countBuiltOn(db: Db, importIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; count: number }[]>`
    SELECT s.external_import_id::text AS "id", count(*)::int AS "count" FROM permanent_scenes s
    WHERE s.external_import_id = ANY(${importIds}::uuid[]) AND (s.state <> 'external'
      OR EXISTS (SELECT 1 FROM codes c WHERE c.permanent_scene_id = s.id))
    GROUP BY 1`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Scenes that another import says too pass to the newest of those. @returns how many */
export async function passScenesOn(db: Db, accountId: string, importId: string): Promise<number> {
  return db.$executeRaw`
    WITH others AS MATERIALIZED (
      SELECT i.id, i.sequence, i.strs, (
        SELECT range_agg(int4range((r->>0)::int, (r->>1)::int + 1)) FROM jsonb_array_elements(i.ranges) r
      ) AS ids
      FROM external_imports i
      WHERE i.account_id = ${accountId}::uuid AND i.id <> ${importId}::uuid AND i.undone_at IS NULL
    ), said AS (
      SELECT s.id AS scene, o.id, o.sequence
      FROM permanent_scenes s JOIN others o ON s.kind = 'integer' AND o.ids @> s.scene_id
      WHERE s.external_import_id = ${importId}::uuid
      UNION ALL
      SELECT s.id, o.id, o.sequence
      FROM (SELECT id, sequence, unnest(strs) AS str FROM others) o
      JOIN permanent_scenes s ON s.account_id = ${accountId}::uuid AND s.kind = 'string' AND s.scene = o.str
      WHERE s.external_import_id = ${importId}::uuid
    ), heirs AS (SELECT DISTINCT ON (scene) scene, id FROM said ORDER BY scene, sequence DESC)
    UPDATE permanent_scenes s SET external_import_id = heirs.id FROM heirs WHERE s.id = heirs.scene`;
}

/** @returns how many ids are free again */
export async function deleteScenesOf(db: Db, importId: string): Promise<number> {
  return db.$executeRaw`DELETE FROM permanent_scenes WHERE external_import_id = ${importId}::uuid`;
}

/** @returns whether it was this call that undid it */
export async function markUndone(
  db: Db,
  id: string,
  undone: { undoneByName: string; undoneAt: Date },
): Promise<boolean> {
  const { count } = await db.externalImport.updateMany({ where: { id, undoneAt: null }, data: undone });
  return count === 1;
}

export async function hasImports(db: Db, accountId: string): Promise<boolean> {
  const row = await db.externalImport.findFirst({
    where: { accountId, undoneAt: null },
    select: { id: true },
  });
  return row !== null;
}

export async function findAccountOfImport(db: Db, id: string): Promise<string | null> {
  const row = await db.externalImport.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}
