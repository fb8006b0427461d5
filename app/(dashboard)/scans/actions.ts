'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import type { SetAsideInput } from '@/lib/scans/schemas';
import { setScenesAside, takeScenesBack } from '@/lib/scans/unknown-scenes';
import { action } from '@/lib/web/action';

const inAccount = z.object({ accountId: z.string() });

export const setScenesAsideAction = action(
  'marketer',
  inAccount.extend({ area: z.custom<SetAsideInput>() }),
  async (ctx, { accountId, area }) => {
    const made = await setScenesAside(ctx, accountId, area);
    refresh();
    return made;
  },
);

export const takeScenesBackAction = action(
  'marketer',
  inAccount.extend({ setAsideId: z.string() }),
  async (ctx, { accountId, setAsideId }) => {
    await takeScenesBack(ctx, accountId, setAsideId);
    refresh();
  },
);
