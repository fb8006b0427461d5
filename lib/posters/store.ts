import 'server-only';
import type { Prisma } from '../db/generated/client';
import type { Db, JsonObject } from '../db/open-database';
import type { PosterAnchors, PosterPlacement } from './types';

const fields = {
  id: true,
  accountId: true,
  name: true,
  widthMm: true,
  heightMm: true,
  placement: true,
  createdByName: true,
  createdAt: true,
} satisfies Prisma.PosterSelect;

export type PosterRow = Prisma.PosterGetPayload<{ select: typeof fields }>;

export function insertPosterRow(
  db: Db,
  data: {
    accountId: string;
    name: string;
    widthMm: number;
    heightMm: number;
    base: Uint8Array<ArrayBuffer>;
    anchors: PosterAnchors;
    preview: Uint8Array<ArrayBuffer>;
    placement: PosterPlacement;
    createdByName: string;
  },
): Promise<PosterRow> {
  return db.poster.create({ data, select: fields });
}

export function findPosterRow(db: Db, accountId: string, id: string): Promise<PosterRow | null> {
  return db.poster.findFirst({ where: { id, accountId, removedAt: null }, select: fields });
}

export function findPosterRows(db: Db, accountId: string, take: number): Promise<PosterRow[]> {
  return db.poster.findMany({
    where: { accountId, removedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take,
    select: fields,
  });
}

/** Removed ones too: an export that began with one ends with it. */
export async function findPosterBase(db: Db, accountId: string, id: string) {
  const row = await db.poster.findFirst({
    where: { id, accountId },
    select: { base: true, anchors: true, widthMm: true, heightMm: true, placement: true, removedAt: true },
  });
  return (
    row && {
      ...row,
      anchors: row.anchors as PosterAnchors,
      placement: row.placement as PosterPlacement,
    }
  );
}

export function findPosterPreview(db: Db, accountId: string, id: string) {
  return db.poster.findFirst({ where: { id, accountId, removedAt: null }, select: { preview: true } });
}

export async function findAccountOfPoster(db: Db, id: string): Promise<string | null> {
  return (await db.poster.findUnique({ where: { id }, select: { accountId: true } }))?.accountId ?? null;
}

export async function isPosterRemoved(db: Db, accountId: string, id: string): Promise<boolean> {
  return (await db.poster.count({ where: { id, accountId, removedAt: { not: null } } })) === 1;
}

/** @returns whether there was one to change */
export async function changePosterRow(
  db: Db,
  accountId: string,
  id: string,
  data: { name?: string; placement?: JsonObject & PosterPlacement; removedAt?: Date },
): Promise<boolean> {
  const { count } = await db.poster.updateMany({ where: { id, accountId, removedAt: null }, data });
  return count === 1;
}

export function countPosterRows(db: Db, accountId: string): Promise<number> {
  return db.poster.count({ where: { accountId, removedAt: null } });
}
