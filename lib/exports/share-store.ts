import 'server-only';
import type { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';

const shown = {
  id: true,
  note: true,
  passwordHash: true,
  expiresAt: true,
  revokedAt: true,
  downloads: true,
  lastDownloadedAt: true,
  createdByName: true,
  createdAt: true,
} satisfies Prisma.ExportShareSelect;

export type ShareRow = Prisma.ExportShareGetPayload<{ select: typeof shown }>;

export function insertShare(db: Db, data: Prisma.ExportShareUncheckedCreateInput): Promise<ShareRow> {
  return db.exportShare.create({ data, select: shown });
}

export function findShares(db: Db, exportId: string): Promise<ShareRow[]> {
  return db.exportShare.findMany({ where: { exportId }, orderBy: { createdAt: 'desc' }, select: shown });
}

export type OpenShare = {
  id: string;
  exportId: string;
  accountId: string;
  passwordHash: string | null;
  expiresAt: Date;
};

/** A link that may be used, whose export is whole. */
export async function findLiveShare(db: Db, tokenHash: string, now: Date): Promise<OpenShare | null> {
  const row = await db.exportShare.findFirst({
    where: {
      tokenHash,
      revokedAt: null,
      expiresAt: { gt: now },
      export: { state: 'done', expiresAt: { gt: now } },
    },
    select: {
      id: true,
      exportId: true,
      passwordHash: true,
      expiresAt: true,
      export: { select: { accountId: true } },
    },
  });
  return row && { ...row, accountId: row.export.accountId };
}

export async function countShareDownload(db: Db, id: string, now: Date): Promise<void> {
  await db.exportShare.update({
    where: { id },
    data: { downloads: { increment: 1 }, lastDownloadedAt: now },
    select: { id: true },
  });
}

/** @returns false when it was revoked before, or never was */
export async function revokeShareRow(db: Db, exportId: string, id: string, now: Date): Promise<boolean> {
  const { count } = await db.exportShare.updateMany({
    where: { id, exportId, revokedAt: null },
    data: { revokedAt: now },
  });
  return count === 1;
}
