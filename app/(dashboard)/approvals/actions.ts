'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { approveRequest } from '@/lib/approvals/approve-request';
import { refuseRequest, withdrawRequest } from '@/lib/approvals/decide-approval';
import { action } from '@/lib/web/action';

const ofApproval = z.object({ accountId: z.string(), approvalId: z.string() });
const decided = ofApproval.extend({ note: z.string() });

export const approveRequestAction = action('admin', decided, async (ctx, { accountId, approvalId, note }) => {
  const approval = await approveRequest(ctx, accountId, approvalId, { note });
  refresh();
  return approval;
});

export const refuseRequestAction = action('admin', decided, async (ctx, { accountId, approvalId, note }) => {
  const approval = await refuseRequest(ctx, accountId, approvalId, { note });
  refresh();
  return approval;
});

export const withdrawRequestAction = action(
  'marketer',
  ofApproval,
  async (ctx, { accountId, approvalId }) => {
    const approval = await withdrawRequest(ctx, accountId, approvalId);
    refresh();
    return approval;
  },
);
