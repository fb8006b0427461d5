import 'server-only';
import type { Db } from '../db/open-database';
import type { LinkPurpose } from './types';

export async function insertLink(
  db: Db,
  row: { tokenHash: string; purpose: LinkPurpose; userId: string | null; createdAt: Date; expiresAt: Date },
): Promise<string> {
  return (await db.oneTimeLink.create({ data: row, select: { id: true } })).id;
}

/** A link that may still be spent. Looking does not spend it. */
export function findLiveLink(db: Db, tokenHash: string, now: Date) {
  return db.oneTimeLink.findFirst({
    where: {
      tokenHash,
      spentAt: null,
      expiresAt: { gt: now },
      OR: [{ userId: null }, { user: { disabledAt: null } }],
    },
    select: {
      purpose: true,
      userId: true,
      expiresAt: true,
      user: { select: { name: true, email: true } },
    },
  });
}

/** Spends a link: of any number who try, one gets its purpose and the others get null. */
export async function spendLiveLink(db: Db, tokenHash: string, now: Date) {
  const [spent] = await db.oneTimeLink.updateManyAndReturn({
    where: { tokenHash, spentAt: null, expiresAt: { gt: now } },
    data: { spentAt: now },
    select: { purpose: true, userId: true },
  });
  return spent ?? null;
}

/** A newer link, a new password or a disabled person ends what was sent before. */
export async function deleteUnspentLinksOf(db: Db, userId: string): Promise<void> {
  await db.oneTimeLink.deleteMany({ where: { userId, spentAt: null } });
}

export async function deleteLinksBefore(db: Db, before: Date): Promise<void> {
  await db.oneTimeLink.deleteMany({ where: { expiresAt: { lt: before } } });
}
