import 'server-only';
import type { Db } from '../db/open-database';

/** What stands of a file of sheets: parts, pages and bytes; `isClosed` once its end is written. */
export type Standing = { parts: number; pages: number; bytes: number; isClosed: boolean };

export async function readStanding(db: Db, exportId: string): Promise<Standing> {
  const [row] = await db.$queryRaw<{ parts: number; pages: number; bytes: bigint; closed: boolean | null }[]>`
    SELECT count(*)::int AS "parts", coalesce(sum("pages"), 0)::int AS "pages",
      coalesce(sum(octet_length("bytes")), 0)::bigint AS "bytes", bool_or("pages" = 0) AS "closed"
    FROM "export_parts" WHERE "export_id" = ${exportId}::uuid`;
  return {
    parts: row?.parts ?? 0,
    pages: row?.pages ?? 0,
    bytes: Number(row?.bytes ?? 0),
    isClosed: row?.closed ?? false,
  };
}

export type Part = {
  part: number;
  at: number;
  pages: number;
  bytes: Uint8Array<ArrayBuffer>;
  objectAt: number[];
};

export async function insertPart(db: Db, exportId: string, { at, ...part }: Part): Promise<void> {
  await db.exportPart.create({ data: { exportId, at: BigInt(at), ...part }, select: { part: true } });
}

/** Where the objects of every page begin in the file, in the order of the pages. */
export async function readObjectPlaces(db: Db, exportId: string): Promise<number[]> {
  const rows = await db.exportPart.findMany({
    where: { exportId },
    orderBy: { part: 'asc' },
    select: { at: true, objectAt: true },
  });
  return rows.flatMap(({ at, objectAt }) => objectAt.map((from) => Number(at) + from));
}

/** The part that holds a byte. */
export async function findPartAt(db: Db, exportId: string, at: number): Promise<number | null> {
  const found = await db.exportPart.findFirst({
    where: { exportId, at: { lte: at } },
    orderBy: { part: 'desc' },
    select: { part: true },
  });
  return found?.part ?? null;
}

export async function readPart(
  db: Db,
  exportId: string,
  part: number,
): Promise<{ at: number; bytes: Uint8Array } | null> {
  const row = await db.exportPart.findUnique({
    where: { exportId_part: { exportId, part } },
    select: { at: true, bytes: true },
  });
  return row && { at: Number(row.at), bytes: row.bytes };
}

/** Parts of files that nobody can ask for any more, some at a time. @returns whether more may wait */
export async function deleteIdleParts(db: Db, take: number): Promise<boolean> {
  const deleted = await db.$executeRaw`
    DELETE FROM "export_parts" WHERE ("export_id", "part") IN (
      SELECT p."export_id", p."part" FROM "export_parts" p JOIN "exports" e ON e."id" = p."export_id"
      WHERE e."state" IN ('failed', 'cancelled', 'removed') LIMIT ${take}::int)`;
  return deleted === take;
}
