'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { checkLedger } from '@/lib/quota/check-ledger';
import { setUnlisted } from '@/lib/quota/set-unlisted';
import { action } from '@/lib/web/action';

export const checkLedgerAction = action('admin', z.object({ accountId: z.string() }), (ctx, { accountId }) =>
  checkLedger(ctx, accountId),
);

export const setUnlistedAction = action(
  'admin',
  z.object({ accountId: z.string(), unlisted: z.number() }),
  async (ctx, { accountId, unlisted }) => {
    const counts = await setUnlisted(ctx, accountId, unlisted);
    refresh();
    return counts;
  },
);
