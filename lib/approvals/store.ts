import 'server-only';
import type { BatchSource } from '../batches/types';
import type { Prisma } from '../db/generated/client';
import type { Db, JsonObject } from '../db/open-database';
import type { ApprovalState } from './types';

const select = {
  id: true,
  sequence: true,
  accountId: true,
  campaign: { select: { id: true, name: true } },
  slots: true,
  source: true,
  fileName: true,
  charset: true,
  input: true,
  state: true,
  requestedByKind: true,
  requestedById: true,
  requestedByName: true,
  createdAt: true,
  decidedByName: true,
  decidedAt: true,
  note: true,
  batchId: true,
  failure: true,
} satisfies Prisma.ApprovalSelect;

export type ApprovalRow = Prisma.ApprovalGetPayload<{ select: typeof select }>;

export type NewApproval = {
  id: string;
  accountId: string;
  campaignId: string;
  slots: number;
  source: BatchSource;
  fileName: string | null;
  charset: string | null;
  input: JsonObject;
  /** Gzipped. */
  file: Uint8Array<ArrayBuffer> | null;
  requestedByKind: 'user' | 'apiKey';
  requestedById: string;
  requestedByName: string;
  createdAt: Date;
};

/** @returns whether it is new: a request repeated after a crash finds what the first one asked */
export async function insertApproval(tx: Db, approval: NewApproval): Promise<boolean> {
  const { count } = await tx.approval.createMany({ data: [approval], skipDuplicates: true });
  return count === 1;
}

export function findApproval(db: Db, accountId: string, id: string): Promise<ApprovalRow | null> {
  return db.approval.findFirst({ where: { id, accountId }, select });
}

export async function findFile(db: Db, id: string): Promise<Uint8Array | null> {
  const row = await db.approval.findUnique({ where: { id }, select: { file: true } });
  return row?.file ?? null;
}

export async function findAccountOfApproval(db: Db, id: string): Promise<string | null> {
  const row = await db.approval.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}

/** Newest first. */
export function findApprovals(
  db: Db,
  accountId: string,
  query: { state?: ApprovalState; before: bigint | null; take: number },
): Promise<ApprovalRow[]> {
  return db.approval.findMany({
    where: {
      accountId,
      ...(query.state ? { state: query.state } : {}),
      ...(query.before === null ? {} : { sequence: { lt: query.before } }),
    },
    orderBy: { sequence: 'desc' },
    take: query.take,
    select,
  });
}

export function countPending(db: Db, accountId: string): Promise<number> {
  return db.approval.count({ where: { accountId, state: 'pending' } });
}

export type Decision = { state: ApprovalState; decidedByName: string; decidedAt: Date; note: string };

/** @param from  the state that it must be in still. @returns whether it was */
export async function decide(
  tx: Db,
  id: string,
  from: ApprovalState[],
  decision: Decision,
): Promise<boolean> {
  const { count } = await tx.approval.updateMany({ where: { id, state: { in: from } }, data: decision });
  return count === 1;
}

/** One whose making has not ended by then is made anew. @returns whether this call may do it */
export async function takeOver(tx: Db, id: string, before: Date, now: Date): Promise<boolean> {
  const { count } = await tx.approval.updateMany({
    where: { id, state: 'approved', batchId: null, decidedAt: { lt: before } },
    data: { decidedAt: now },
  });
  return count === 1;
}

/** What was asked is kept; the file has become rows and goes. */
export async function markMade(tx: Db, id: string): Promise<void> {
  await tx.approval.update({ where: { id }, data: { batchId: id, file: null }, select: { id: true } });
}

export async function markFailed(tx: Db, id: string, failure: JsonObject): Promise<void> {
  await tx.approval.update({ where: { id }, data: { state: 'failed', failure }, select: { id: true } });
}
