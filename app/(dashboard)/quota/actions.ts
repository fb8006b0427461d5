'use server';

import { z } from 'zod';
import { checkLedger } from '@/lib/quota/check-ledger';
import { action } from '@/lib/web/action';

export const checkLedgerAction = action('admin', z.object({ accountId: z.string() }), (ctx, { accountId }) =>
  checkLedger(ctx, accountId),
);
