'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { forgetPerson } from '@/lib/scans/forget-person';
import { askRecount, updatePushSettings } from '@/lib/scans/push-settings';
import type { AskRecountInput, ForgetPersonInput, UpdatePushSettingsInput } from '@/lib/scans/schemas';
import { action } from '@/lib/web/action';

const inAccount = z.object({ accountId: z.string() });

// The services check what they are given with their own schemas, so that their faults name the fields of the forms.

export const updatePushSettingsAction = action(
  'admin',
  inAccount.extend({ settings: z.custom<UpdatePushSettingsInput>() }),
  async (ctx, { accountId, settings }) => {
    const updated = await updatePushSettings(ctx, accountId, settings);
    refresh();
    return updated;
  },
);

export const askRecountAction = action(
  'admin',
  inAccount.extend({ recount: z.custom<AskRecountInput>() }),
  async (ctx, { accountId, recount }) => {
    const asked = await askRecount(ctx, accountId, recount);
    refresh();
    return asked;
  },
);

export const forgetPersonAction = action(
  'admin',
  inAccount.extend({ person: z.custom<ForgetPersonInput>() }),
  (ctx, { accountId, person }) => forgetPerson(ctx, accountId, person),
);
