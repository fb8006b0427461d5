import { z } from 'zod';
import { paragraph } from '../one-line';
import { approvalStates } from './types';

export const decideApprovalSchema = z.strictObject({ note: paragraph(2_000).default('') });
export type DecideApprovalInput = z.input<typeof decideApprovalSchema>;

export const listApprovalsSchema = z.strictObject({
  state: z.enum(approvalStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type ListApprovalsInput = z.input<typeof listApprovalsSchema>;
