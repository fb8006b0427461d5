import 'server-only';
import type { ArchivedFilter } from '../campaigns/schemas';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';

const select = {
  id: true,
  accountId: true,
  name: true,
  settings: true,
  sheet: true,
  logo: { select: { id: true, widthPx: true, heightPx: true } },
  version: true,
  isDefault: true,
  archivedAt: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.PrintDesignSelect;

export type DesignRow = Prisma.PrintDesignGetPayload<{ select: typeof select }>;

/** `settings` and `sheet` as the schemas gave them. */
export type DesignValues = { name: string; settings: object; sheet: object | null; logoId: string | null };

const toJson = (value: object) => value as Prisma.InputJsonObject;

function toColumns({ settings, sheet, ...columns }: Partial<DesignValues>) {
  return {
    ...columns,
    ...(settings === undefined ? {} : { settings: toJson(settings) }),
    ...(sheet === undefined ? {} : { sheet: sheet === null ? Prisma.DbNull : toJson(sheet) }),
  };
}

export function insertDesign(
  db: Db,
  { accountId, ...design }: DesignValues & { accountId: string },
): Promise<DesignRow> {
  const { settings, sheet } = design;
  const data = { ...toColumns(design), name: design.name, settings: toJson(settings), accountId };
  return db.printDesign.create({
    data: { ...data, sheet: sheet === null ? Prisma.DbNull : toJson(sheet) },
    select,
  });
}

export function findDesignRow(db: Db, accountId: string, id: string): Promise<DesignRow | null> {
  return db.printDesign.findFirst({ where: { id, accountId }, select });
}

export function findDefaultDesignRow(db: Db, accountId: string): Promise<DesignRow | null> {
  return db.printDesign.findFirst({ where: { accountId, isDefault: true }, select });
}

export async function findAccountOfDesign(db: Db, id: string): Promise<string | null> {
  const row = await db.printDesign.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}

/** @returns null when the design is no longer of that version */
export async function changeDesignOfVersion(
  db: Db,
  id: string,
  version: number,
  change: Partial<DesignValues> & { updatedAt: Date },
): Promise<DesignRow | null> {
  const [row] = await db.printDesign.updateManyAndReturn({
    where: { id, version },
    data: { ...toColumns(change), version: version + 1 },
    select,
  });
  return row ?? null;
}

/** Into the archive or back. Who goes is proposed no more. */
export function archiveDesignRow(db: Db, id: string, archivedAt: Date | null): Promise<DesignRow> {
  return db.printDesign.update({
    where: { id },
    data: { archivedAt, ...(archivedAt === null ? {} : { isDefault: false }) },
    select,
  });
}

export async function clearDefaultDesign(db: Db, accountId: string): Promise<void> {
  await db.printDesign.updateMany({ where: { accountId, isDefault: true }, data: { isDefault: false } });
}

export function markDefaultDesign(db: Db, id: string): Promise<DesignRow> {
  return db.printDesign.update({ where: { id }, data: { isDefault: true }, select });
}

/** The last changed first. */
export function listDesignRows(
  db: Db,
  accountId: string,
  query: {
    q?: string;
    archived: ArchivedFilter;
    after: { updatedAt: Date; id: string } | null;
    take: number;
  },
): Promise<DesignRow[]> {
  const { q, archived, after, take } = query;
  return db.printDesign.findMany({
    where: {
      accountId,
      ...(archived === 'include' ? {} : { archivedAt: archived === 'only' ? { not: null } : null }),
      ...(q ? { name: { contains: q.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } } : {}),
      ...(after
        ? {
            OR: [
              { updatedAt: { lt: after.updatedAt } },
              { updatedAt: after.updatedAt, id: { lt: after.id } },
            ],
          }
        : {}),
    },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take,
    select,
  });
}

/** Names of living designs that begin so. */
export async function listNamesBeginningWith(db: Db, accountId: string, start: string): Promise<string[]> {
  const rows = await db.printDesign.findMany({
    where: { accountId, archivedAt: null, name: { startsWith: start.replace(/[\\%_]/g, '\\$&') } },
    select: { name: true },
    take: 1_000,
  });
  return rows.map(({ name }) => name);
}

/** What was printed with a version, as long as the account lives. */
export function findVersionRow(db: Db, accountId: string, designId: string, version: number) {
  return db.printDesignVersion.findFirst({
    where: { designId, version, design: { accountId } },
    select: { name: true, settings: true, sheet: true, logoId: true },
  });
}
