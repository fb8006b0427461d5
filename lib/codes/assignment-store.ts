import 'server-only';
import type { Db } from '../db/open-database';

export type AssignmentRow = { fromAt: Date; campaign: { id: string; name: string } | null };

/** In order of time. */
export function findAssignments(db: Db, codeId: string): Promise<AssignmentRow[]> {
  return db.assignment.findMany({
    where: { codeId },
    orderBy: { fromAt: 'asc' },
    select: { fromAt: true, campaign: { select: { id: true, name: true } } },
  });
}

export async function insertAssignments(
  tx: Db,
  codeIds: string[],
  campaignId: string | null,
  fromAt: Date,
): Promise<void> {
  await tx.assignment.createMany({ data: codeIds.map((codeId) => ({ codeId, campaignId, fromAt })) });
}

/** Of two hand-overs at the same moment the later one counts. */
export async function putAssignment(
  tx: Db,
  codeId: string,
  campaignId: string | null,
  fromAt: Date,
): Promise<void> {
  await tx.assignment.upsert({
    where: { codeId_fromAt: { codeId, fromAt } },
    create: { codeId, campaignId, fromAt },
    update: { campaignId },
    select: { codeId: true },
  });
}

/** @returns how many were planned for exactly that moment */
export async function deleteAssignment(tx: Db, codeId: string, fromAt: Date): Promise<number> {
  const { count } = await tx.assignment.deleteMany({ where: { codeId, fromAt } });
  return count;
}
