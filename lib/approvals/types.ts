import type { BatchSource } from '../batches/types';
import type { ErrorDto } from '../errors';

export const approvalStates = ['pending', 'approved', 'refused', 'withdrawn', 'failed'] as const;
/** `failed`: approved, and then the batch could not be made; it may be tried again. */
export type ApprovalState = (typeof approvalStates)[number];

export type ApprovalDto = {
  id: string;
  accountId: string;
  campaign: { id: string; name: string };
  /** Permanent slots that are asked for. */
  slots: number;
  source: BatchSource;
  fileName: string | null;
  labelTemplate: string | null;
  state: ApprovalState;
  requestedBy: { kind: 'user' | 'apiKey'; id: string | null; name: string };
  createdAt: string;
  decided: { by: string; at: string; note: string } | null;
  /** What it became. */
  batchId: string | null;
  /** Why it could not be made. */
  failure: ErrorDto | null;
  /** Approved, and a process that was to make it must have died: somebody may approve it again. */
  isStuck: boolean;
};

export type ApprovalPageDto = { items: ApprovalDto[]; nextCursor: string | null };
