'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { renewCodes } from '@/lib/batches/renew-codes';
import type { RenewCodesInput } from '@/lib/batches/schemas';
import { archiveCode } from '@/lib/codes/archive-code';
import { createCode } from '@/lib/codes/create-code';
import { discardCode } from '@/lib/codes/discard-code';
import { handOverCode } from '@/lib/codes/hand-over-code';
import { renewCode } from '@/lib/codes/renew-code';
import { retryCode } from '@/lib/codes/retry-code';
import type {
  CreateCodeInput,
  HandOverCodeInput,
  RenewCodeInput,
  UpdateCodeInput,
} from '@/lib/codes/schemas';
import { unarchiveCode } from '@/lib/codes/unarchive-code';
import { updateCode } from '@/lib/codes/update-code';
import { withdrawAssignment } from '@/lib/codes/withdraw-assignment';
import { askForUrls } from '@/lib/imports/ask-for-urls';
import type { AskForUrlsInput } from '@/lib/imports/schemas';
import { removeReplyOfCode } from '@/lib/replies/remove-reply';
import type { ReplyInput } from '@/lib/replies/schemas';
import { setReplyOfCode } from '@/lib/replies/set-reply';
import type { TagCodesInput } from '@/lib/tags/schemas';
import { tagCodes } from '@/lib/tags/tag-codes';
import { action } from '@/lib/web/action';

const inAccount = z.object({ accountId: z.string() });
const ofCode = inAccount.extend({ codeId: z.string() });
/** The rows of one page of the list. */
const ofCodes = inAccount.extend({ codeIds: z.array(z.string()).min(1).max(200) });

// The services check `code` and `reply` with their own schemas, so that their faults name the fields of the form.
export const createCodeAction = action(
  'marketer',
  inAccount.extend({ code: z.custom<CreateCodeInput>() }),
  async (ctx, { accountId, code }) => {
    const { id } = await createCode(ctx, accountId, code);
    // The quota at the foot of the frame, which stays when the page changes.
    refresh();
    return { id };
  },
);

export const updateCodeAction = action(
  'marketer',
  ofCode.extend({ code: z.custom<UpdateCodeInput>() }),
  async (ctx, { accountId, codeId, code }) => {
    const updated = await updateCode(ctx, accountId, codeId, code);
    refresh();
    return updated;
  },
);

export const setReplyOfCodeAction = action(
  'marketer',
  ofCode.extend({ reply: z.custom<ReplyInput>() }),
  async (ctx, { accountId, codeId, reply }) => {
    await setReplyOfCode(ctx, accountId, codeId, reply);
    refresh();
  },
);

export const removeReplyOfCodeAction = action('marketer', ofCode, async (ctx, { accountId, codeId }) => {
  await removeReplyOfCode(ctx, accountId, codeId);
  refresh();
});

export const archiveCodesAction = action('marketer', ofCodes, async (ctx, { accountId, codeIds }) => {
  for (const codeId of codeIds) await archiveCode(ctx, accountId, codeId);
  refresh();
});

export const unarchiveCodesAction = action('marketer', ofCodes, async (ctx, { accountId, codeIds }) => {
  for (const codeId of codeIds) await unarchiveCode(ctx, accountId, codeId);
  refresh();
});

export const handOverCodesAction = action(
  'marketer',
  ofCodes.extend({ handOver: z.custom<HandOverCodeInput>() }),
  async (ctx, { accountId, codeIds, handOver }) => {
    for (const codeId of codeIds) await handOverCode(ctx, accountId, codeId, handOver);
    refresh();
  },
);

export const tagCodesAction = action(
  'marketer',
  inAccount.extend({ tagging: z.custom<TagCodesInput>() }),
  async (ctx, { accountId, tagging }) => {
    await tagCodes(ctx, accountId, tagging);
    refresh();
  },
);

export const retryCodeAction = action('marketer', ofCode, async (ctx, { accountId, codeId }) => {
  const code = await retryCode(ctx, accountId, codeId);
  refresh();
  return code;
});

export const renewCodeAction = action(
  'marketer',
  ofCode.extend({ renewal: z.custom<RenewCodeInput>().optional() }),
  async (ctx, { accountId, codeId, renewal }) => {
    const { id } = await renewCode(ctx, accountId, codeId, renewal);
    refresh();
    return { id };
  },
);

export const renewCodesAction = action(
  'marketer',
  inAccount.extend({ renewal: z.custom<RenewCodesInput>() }),
  async (ctx, { accountId, renewal }) => {
    const { id } = await renewCodes(ctx, accountId, renewal);
    return { id };
  },
);

export const askForUrlsAction = action(
  'marketer',
  inAccount.extend({ which: z.custom<AskForUrlsInput>() }),
  async (ctx, { accountId, which }) => {
    const count = await askForUrls(ctx, accountId, which);
    refresh();
    return count;
  },
);

export const discardCodeAction = action('marketer', ofCode, async (ctx, { accountId, codeId }) => {
  await discardCode(ctx, accountId, codeId);
});

export const withdrawAssignmentAction = action(
  'marketer',
  ofCode.extend({ fromAt: z.string() }),
  async (ctx, { accountId, codeId, fromAt }) => {
    await withdrawAssignment(ctx, accountId, codeId, fromAt);
    refresh();
  },
);
