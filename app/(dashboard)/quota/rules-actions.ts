'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { undoExternalImport } from '@/lib/accounts/undo-external-import';
import { setQuotaRules } from '@/lib/quota/quota-rules';
import type { QuotaRulesInput } from '@/lib/quota/schemas';
import { undoUnlisted } from '@/lib/quota/set-unlisted';
import { action } from '@/lib/web/action';

const inAccount = z.object({ accountId: z.string() });

export const undoExternalImportAction = action(
  'admin',
  inAccount.extend({ importId: z.string() }),
  async (ctx, { accountId, importId }) => {
    const undone = await undoExternalImport(ctx, accountId, importId);
    refresh();
    return undone;
  },
);

export const setQuotaRulesAction = action(
  'admin',
  inAccount.extend({ rules: z.custom<QuotaRulesInput>() }),
  async (ctx, { accountId, rules }) => {
    const saved = await setQuotaRules(ctx, accountId, rules);
    refresh();
    return saved;
  },
);

export const undoUnlistedAction = action('admin', inAccount, async (ctx, { accountId }) => {
  const counts = await undoUnlisted(ctx, accountId);
  refresh();
  return counts;
});
