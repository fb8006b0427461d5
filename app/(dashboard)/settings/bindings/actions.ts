'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { createBinding } from '@/lib/bindings/create-binding';
import { setReturnOrigins } from '@/lib/bindings/return-origins';
import type { CreateBindingInput, SetReturnOriginsInput } from '@/lib/bindings/schemas';
import { action } from '@/lib/web/action';

const ofAccount = z.object({ accountId: z.string() });

// The services check with their own schemas, so that their faults name the fields of the form.

export const createBindingAction = action(
  'marketer',
  ofAccount.extend({ binding: z.custom<CreateBindingInput>() }),
  async (ctx, { accountId, binding }) => {
    const made = await createBinding(ctx, accountId, binding);
    refresh();
    return made;
  },
);

export const setReturnOriginsAction = action(
  'admin',
  ofAccount.extend({ change: z.custom<SetReturnOriginsInput>() }),
  async (ctx, { accountId, change }) => {
    const origins = await setReturnOrigins(ctx, accountId, change);
    refresh();
    return origins;
  },
);
