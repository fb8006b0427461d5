'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { createAccount } from '@/lib/accounts/create-account';
import { declareExternal } from '@/lib/accounts/declare-external';
import { resumeAccount } from '@/lib/accounts/resume-account';
import {
  type CreateAccountInput,
  connectionRoundSchema,
  type DeclareExternalInput,
  type UpdateAccountInput,
} from '@/lib/accounts/schemas';
import { testConnectionRound } from '@/lib/accounts/test-connection';
import { updateAccount } from '@/lib/accounts/update-account';
import { action } from '@/lib/web/action';

const inAccount = z.object({ accountId: z.string() });

// The services check `account` and `external` with their own schemas, so that their faults name the fields of the form.
export const createAccountAction = action(
  'admin',
  z.object({ account: z.custom<CreateAccountInput>() }),
  (ctx, { account }) => createAccount(ctx, account),
);

export const updateAccountAction = action(
  'admin',
  inAccount.extend({ account: z.custom<UpdateAccountInput>() }),
  async (ctx, { accountId, account }) => {
    const updated = await updateAccount(ctx, accountId, account);
    refresh();
    return updated;
  },
);

/** One round of the test; the page asks for the next one itself, so that each is seen as it comes. */
export const testConnectionAction = action(
  'admin',
  inAccount.extend({ round: connectionRoundSchema }),
  (ctx, { accountId, round }) => testConnectionRound(ctx, accountId, round),
);

export const resumeAccountAction = action('admin', inAccount, async (ctx, { accountId }) => {
  const account = await resumeAccount(ctx, accountId);
  refresh();
  return account;
});

export const declareExternalAction = action(
  'admin',
  inAccount.extend({ external: z.custom<DeclareExternalInput>() }),
  async (ctx, { accountId, external }) => {
    const declared = await declareExternal(ctx, accountId, external);
    refresh();
    return declared;
  },
);
