import 'server-only';
import type { Clock } from '../context';
import type { Db } from '../db/open-database';
import { AppError, type ErrorDto } from '../errors';
import { requireId } from '../field-issues';
import { type ApprovalRow, findApproval } from './store';
import type { ApprovalDto } from './types';

/** Longer than the transaction that makes a batch may take. */
export const stuckAfterMs = 360_000;

/** For services that have authorised. @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireApproval(db: Db, accountId: string, approvalId: string): Promise<ApprovalRow> {
  requireId(accountId, 'account');
  const row = await findApproval(db, accountId, requireId(approvalId, 'approval'));
  if (!row) throw new AppError('NOT_FOUND', `no approval ${approvalId}`, { what: 'approval' });
  return row;
}

export function toApprovalDto(row: ApprovalRow, { now }: Clock): ApprovalDto {
  const { id, accountId, campaign, slots, source, fileName, state, decidedAt, batchId } = row;
  const { labelTemplate } = row.input as { labelTemplate?: string };
  return {
    ...{ id, accountId, campaign, slots, source, fileName, state, batchId },
    labelTemplate: labelTemplate ?? null,
    requestedBy: {
      kind: row.requestedByKind === 'user' ? 'user' : 'apiKey',
      id: row.requestedById,
      name: row.requestedByName,
    },
    createdAt: row.createdAt.toISOString(),
    decided:
      decidedAt === null
        ? null
        : { by: row.decidedByName ?? '', at: decidedAt.toISOString(), note: row.note },
    failure: state === 'failed' ? (row.failure as unknown as ErrorDto | null) : null,
    isStuck:
      state === 'approved' &&
      batchId === null &&
      decidedAt !== null &&
      now().getTime() - decidedAt.getTime() > stuckAfterMs,
  };
}
