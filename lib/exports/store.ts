import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { DrawnFile } from './drawing';
import type { ExportFacts, ExportFault, ExportState } from './types';

const fields = {
  id: true,
  sequence: true,
  accountId: true,
  way: true,
  state: true,
  shape: true,
  format: true,
  query: true,
  total: true,
  leftOut: true,
  design: true,
  designId: true,
  designVersion: true,
  designName: true,
  sheet: true,
  poster: true,
  drawingVersion: true,
  nameTemplate: true,
  timeZone: true,
  maxDataBytes: true,
  manifestRowBytes: true,
  mergeRowBytes: true,
  bytes: true,
  digest: true,
  done: true,
  error: true,
  downloads: true,
  createdById: true,
  createdByName: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  expiresAt: true,
} satisfies Prisma.ExportSelect;

export type ExportRow = Prisma.ExportGetPayload<{ select: typeof fields }>;

export function insertExport(db: Db, data: Prisma.ExportUncheckedCreateInput): Promise<ExportRow> {
  return db.export.create({ data, select: fields });
}

export function findExport(db: Db, accountId: string, id: string): Promise<ExportRow | null> {
  return db.export.findFirst({ where: { id, accountId }, select: fields });
}

export async function findAccountOfExport(db: Db, id: string): Promise<string | null> {
  return (await db.export.findUnique({ where: { id }, select: { accountId: true } }))?.accountId ?? null;
}

export function findExportPage(
  db: Db,
  accountId: string,
  page: { state: ExportState | undefined; before: bigint | null; take: number },
): Promise<ExportRow[]> {
  return db.export.findMany({
    where: {
      accountId,
      ...(page.state ? { state: page.state } : { state: { not: 'removed' } }),
      ...(page.before === null ? {} : { sequence: { lt: page.before } }),
    },
    orderBy: { sequence: 'desc' },
    take: page.take,
    select: fields,
  });
}

/** The ids of some codes of an export, by their places. */
export async function readPinnedIds(
  db: Db,
  exportId: string,
  from: number,
  count: number,
): Promise<string[]> {
  const [row] = await db.$queryRaw<{ ids: string | null }[]>`
    SELECT encode(substring("selection" FROM ${from * 16 + 1}::int FOR ${count * 16}::int), 'hex') AS "ids"
    FROM "exports" WHERE "id" = ${exportId}::uuid`;
  const hex = row?.ids ?? '';
  return Array.from({ length: hex.length / 32 }, (_, at) =>
    hex.slice(at * 32, at * 32 + 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  );
}

export type ItemRow = { fileName: string; facts: ExportFacts; bytes: number; crc32: number; sha256: string };

/** @returns those from `from` on, in order; fewer where no more are proved */
export async function readItems(db: Db, exportId: string, from: number, take: number): Promise<ItemRow[]> {
  const rows = await db.$queryRaw<(Omit<ItemRow, 'facts' | 'crc32'> & { facts: string; crc32: bigint })[]>`
    SELECT "file_name" AS "fileName", "facts"::text AS "facts", "bytes", "crc32", encode("sha256", 'hex') AS "sha256"
    FROM "export_items"
    WHERE "export_id" = ${exportId}::uuid AND "position" >= ${from}::int AND "facts" IS NOT NULL
    ORDER BY "position" LIMIT ${take}::int`;
  return rows.map((row) => ({
    ...row,
    facts: JSON.parse(row.facts) as ExportFacts,
    crc32: Number(row.crc32),
  }));
}

export type ProvedItem = { fileName: string; facts: ExportFacts; file: DrawnFile };

/**
 * Keeps some proved files, as long as the lease holds. Url and scene are compared with those of the code in the same statement.
 *
 * @returns `held`: the export is still this worker's; `agreed`: how many agree with their code. Unless all do, nothing is kept.
 */
export async function insertItems(
  tx: Db,
  {
    exportId,
    leaseToken,
    from,
    leaseUntil,
  }: { exportId: string; leaseToken: string; from: number; leaseUntil: Date },
  items: readonly ProvedItem[],
): Promise<{ held: boolean; agreed: number }> {
  const [held] = await tx.$queryRaw<{ accountId: string }[]>`
    SELECT "account_id"::text AS "accountId" FROM "exports"
    WHERE "id" = ${exportId}::uuid AND "lease_token" = ${leaseToken}::uuid AND "state" = 'working' AND "done" = ${from}::int
    FOR UPDATE`;
  if (!held) return { held: false, agreed: 0 };
  const column = <T>(of: (item: ProvedItem) => T) => items.map(of);
  const agreed = await tx.$executeRaw`
    INSERT INTO "export_items" ("export_id", "position", "code_id", "file_name", "facts", "bytes", "crc32", "sha256")
    SELECT ${exportId}::uuid, ${from}::int + given."place"::int - 1, c."id", given."name", given."facts"::jsonb, given."bytes",
      given."crc32", decode(given."sha256", 'hex')
    FROM unnest(${column(({ facts }) => facts.codeId)}::uuid[], ${column(({ fileName }) => fileName)}::text[],
      ${column(({ facts }) => JSON.stringify(facts))}::text[], ${column(({ facts }) => facts.url)}::text[],
      ${column(({ facts }) => facts.scene)}::text[], ${column(({ file }) => file.bytes)}::int[],
      ${column(({ file }) => file.crc32)}::bigint[], ${column(({ file }) => file.sha256)}::text[])
      WITH ORDINALITY AS given("code", "name", "facts", "url", "scene", "bytes", "crc32", "sha256", "place")
    JOIN "codes" c ON c."id" = given."code" AND c."account_id" = ${held.accountId}::uuid AND c."url" = given."url"
      AND c."scene" = given."scene"`;
  if (agreed === items.length) {
    await tx.export.update({
      where: { id: exportId },
      data: { done: { increment: agreed }, leaseUntil },
      select: { id: true },
    });
  }
  return { held: true, agreed };
}

/** Takes the longest waiting export that nobody works on. */
export async function claimExport(
  db: Db,
  { leaseToken, now, leaseUntil }: { leaseToken: string; now: Date; leaseUntil: Date },
): Promise<{ id: string; accountId: string } | null> {
  const [claimed] = await db.$queryRaw<{ id: string; accountId: string }[]>`
    UPDATE "exports" SET "state" = 'working', "lease_token" = ${leaseToken}::uuid, "lease_until" = ${leaseUntil},
      "started_at" = coalesce("started_at", ${now})
    WHERE "id" = (
      SELECT "id" FROM "exports"
      WHERE "way" = 'prepared' AND "state" IN ('queued', 'working') AND ("lease_until" IS NULL OR "lease_until" <= ${now})
      ORDER BY "sequence" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING "id"::text AS "id", "account_id"::text AS "accountId"`;
  return claimed ?? null;
}

/** Takes a download that was pinned and not yet begun. @returns false when there is none, or somebody was first */
export async function claimPinned(
  db: Db,
  { accountId, exportId }: { accountId: string; exportId: string },
  { leaseToken, now, leaseUntil }: { leaseToken: string; now: Date; leaseUntil: Date },
): Promise<boolean> {
  const { count } = await db.export.updateMany({
    where: { id: exportId, accountId, way: 'streamed', state: 'working', startedAt: null },
    data: { leaseToken, leaseUntil, startedAt: now },
  });
  return count === 1;
}

/** Lets others go on with it at once. */
export async function dropLease(db: Db, exportId: string, leaseToken: string): Promise<void> {
  await db.export.updateMany({
    where: { id: exportId, leaseToken, state: 'working' },
    data: { leaseToken: null, leaseUntil: null },
  });
}

export async function growPlaces(
  db: Db,
  exportId: string,
  grown: { maxDataBytes?: number; manifestRowBytes?: number; mergeRowBytes?: number | null },
): Promise<void> {
  await db.export.update({ where: { id: exportId }, data: grown, select: { id: true } });
}

export async function endExport(
  db: Db,
  { exportId, leaseToken }: { exportId: string; leaseToken: string },
  end:
    | { state: 'done'; bytes: bigint; digest: string; finishedAt: Date }
    | { state: 'failed' | 'cancelled'; error: ExportFault | null; finishedAt: Date },
): Promise<boolean> {
  const { count } = await db.export.updateMany({
    where: { id: exportId, leaseToken, state: 'working' },
    data: {
      ...end,
      leaseToken: null,
      leaseUntil: null,
      ...(end.state === 'done' ? { selection: null } : {}),
    },
  });
  return count === 1;
}

/** @returns false when it had already ended */
export async function cancelOpenExport(db: Db, accountId: string, id: string, now: Date): Promise<boolean> {
  const { count } = await db.export.updateMany({
    where: { id, accountId, state: { in: ['queued', 'working'] } },
    data: { state: 'cancelled', finishedAt: now, leaseToken: null, leaseUntil: null },
  });
  return count === 1;
}

/** Downloads whose process is gone: nobody hears of their end any more. */
export async function endLostStreams(db: Db, now: Date): Promise<number> {
  const { count } = await db.export.updateMany({
    where: { way: 'streamed', state: 'working', leaseUntil: { lte: now } },
    data: { state: 'failed', error: 'interrupted', finishedAt: now, leaseToken: null, leaseUntil: null },
  });
  return count;
}

/** @returns false when it was removed before */
export async function markRemoved(db: Db, accountId: string, id: string, now: Date): Promise<boolean> {
  const { count } = await db.export.updateMany({
    where: { id, accountId, state: { not: 'removed' } },
    data: { state: 'removed', selection: null, leaseToken: null, leaseUntil: null, finishedAt: now },
  });
  if (count === 1) await db.exportShare.deleteMany({ where: { exportId: id } });
  return count === 1;
}

export async function findOutlived(
  db: Db,
  now: Date,
  take: number,
): Promise<{ id: string; accountId: string }[]> {
  return db.export.findMany({
    where: { state: { notIn: ['removed', 'queued', 'working'] }, expiresAt: { lte: now } },
    orderBy: { expiresAt: 'asc' },
    take,
    select: { id: true, accountId: true },
  });
}

/** Empties what removed exports were made from, some rows at a time; who printed what stays. @returns whether more may wait */
export async function emptyRemovedItems(db: Db, take: number): Promise<boolean> {
  const emptied = await db.$executeRaw`
    UPDATE "export_items" SET "facts" = NULL WHERE ("export_id", "position") IN (
      SELECT i."export_id", i."position" FROM "export_items" i JOIN "exports" e ON e."id" = i."export_id"
      WHERE e."state" = 'removed' AND i."facts" IS NOT NULL LIMIT ${take}::int)`;
  return emptied === take;
}

export async function countDownload(db: Db, exportId: string, now: Date): Promise<void> {
  await db.export.update({
    where: { id: exportId },
    data: { downloads: { increment: 1 }, lastDownloadedAt: now },
    select: { id: true },
  });
}

export async function readRetentionDays(db: Db, accountId: string): Promise<number> {
  const row = await db.officialAccount.findUniqueOrThrow({
    where: { id: accountId },
    select: { exportRetentionDays: true },
  });
  return row.exportRetentionDays;
}

export async function writeRetentionDays(db: Db, accountId: string, days: number): Promise<void> {
  await db.officialAccount.update({
    where: { id: accountId },
    data: { exportRetentionDays: days },
    select: { id: true },
  });
}

/** Bytes of the longest names of campaigns and channels, quotation marks doubled, and of what else a channel is known by. */
export async function readNameWidths(
  db: Db,
  accountId: string,
): Promise<{ campaign: number; channel: number; number: number; city: number }> {
  type Widths = Record<'campaign' | 'channel' | 'number' | 'city', number | null>;
  const [widths] = await db.$queryRaw<Widths[]>`
    SELECT (SELECT max(octet_length(replace("name", '"', '""'))) FROM "campaigns" WHERE "account_id" = ${accountId}::uuid) AS "campaign",
      h.* FROM (SELECT max(octet_length(replace("name", '"', '""'))) AS "channel", max(octet_length("number")) AS "number",
        max(octet_length("city")) AS "city" FROM "channels" WHERE "account_id" = ${accountId}::uuid) h`;
  return {
    campaign: widths?.campaign ?? 0,
    channel: widths?.channel ?? 0,
    number: widths?.number ?? 0,
    city: widths?.city ?? 0,
  };
}

/** The longest campaign and channel names. */
export async function readLongestNames(
  db: Db,
  accountId: string,
): Promise<{ campaign: string; channel: string }> {
  const [names] = await db.$queryRaw<{ campaign: string | null; channel: string | null }[]>`
    SELECT (SELECT "name" FROM "campaigns" WHERE "account_id" = ${accountId}::uuid ORDER BY octet_length("name") DESC LIMIT 1) AS "campaign",
      (SELECT "name" FROM "channels" WHERE "account_id" = ${accountId}::uuid ORDER BY octet_length("name") DESC LIMIT 1) AS "channel"`;
  return { campaign: names?.campaign ?? '', channel: names?.channel ?? '' };
}

export function findPrintsOf(db: Db, codeId: string, take: number) {
  return db.exportItem.findMany({
    where: { codeId },
    orderBy: { export: { sequence: 'desc' } },
    take,
    select: {
      fileName: true,
      export: {
        select: {
          id: true,
          state: true,
          createdAt: true,
          createdByName: true,
          designName: true,
          format: true,
          design: true,
        },
      },
    },
  });
}

export const toJson = (value: object): Prisma.InputJsonObject => JSON.parse(JSON.stringify(value));
export const jsonNull = Prisma.DbNull;

/** One digest over all files in their order. */
export async function readDigest(db: Db, exportId: string): Promise<string> {
  const [row] = await db.$queryRaw<{ digest: string }[]>`
    SELECT encode(sha256(string_agg("sha256", ''::bytea ORDER BY "position")), 'hex') AS "digest"
    FROM "export_items" WHERE "export_id" = ${exportId}::uuid`;
  if (!row) throw new Error(`export ${exportId} has no files`);
  return row.digest;
}
