'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { checkLedger } from '@/lib/quota/check-ledger';
import { setThresholdsSchema } from '@/lib/quota/schemas';
import { setUnlisted } from '@/lib/quota/set-unlisted';
import { setThresholds } from '@/lib/quota/thresholds';
import { action } from '@/lib/web/action';

export const checkLedgerAction = action('admin', z.object({ accountId: z.string() }), (ctx, { accountId }) =>
  checkLedger(ctx, accountId),
);

export const setUnlistedAction = action(
  'admin',
  z.object({ accountId: z.string(), unlisted: z.number(), strings: z.number().optional() }),
  async (ctx, { accountId, ...unlisted }) => {
    const counts = await setUnlisted(ctx, accountId, unlisted);
    refresh();
    return counts;
  },
);

export const setThresholdsAction = action(
  'admin',
  setThresholdsSchema.extend({ accountId: z.string() }),
  async (ctx, { accountId, percents }) => {
    const thresholds = await setThresholds(ctx, accountId, percents);
    refresh();
    return thresholds;
  },
);
