import 'server-only';
import type { Db } from '../db/open-database';

const select = { id: true, widthPx: true, heightPx: true } as const;

/** The same picture of the same account is kept once. */
export async function keepLogoRow(
  db: Db,
  logo: {
    accountId: string;
    sha256: string;
    png: Uint8Array<ArrayBuffer>;
    widthPx: number;
    heightPx: number;
  },
) {
  const { accountId, sha256 } = logo;
  const { count } = await db.printLogo.createMany({ data: [logo], skipDuplicates: true });
  const row = await db.printLogo.findUniqueOrThrow({
    where: { accountId_sha256: { accountId, sha256 } },
    select,
  });
  return { row, isNew: count === 1 };
}

export function findLogoRow(db: Db, accountId: string, id: string) {
  return db.printLogo.findFirst({ where: { id, accountId }, select });
}

export function findLogoBytes(db: Db, accountId: string, id: string) {
  return db.printLogo.findFirst({ where: { id, accountId }, select: { id: true, png: true } });
}

export async function findAccountOfLogo(db: Db, id: string): Promise<string | null> {
  const row = await db.printLogo.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}
