'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { archiveDesign } from '@/lib/designs/archive-design';
import { chooseDefaultDesign } from '@/lib/designs/choose-default-design';
import { createDesign } from '@/lib/designs/create-design';
import { duplicateDesign } from '@/lib/designs/duplicate-design';
import type { CreateDesignInput, UpdateDesignInput } from '@/lib/designs/schemas';
import { unarchiveDesign } from '@/lib/designs/unarchive-design';
import { updateDesign } from '@/lib/designs/update-design';
import { action } from '@/lib/web/action';

const inAccount = z.object({ accountId: z.string() });
const ofDesign = inAccount.extend({ designId: z.string() });

// The services check `design` with their own schema, so that its faults name the fields of the form.
export const createDesignAction = action(
  'marketer',
  inAccount.extend({ design: z.custom<CreateDesignInput>() }),
  (ctx, { accountId, design }) => createDesign(ctx, accountId, design),
);

export const updateDesignAction = action(
  'marketer',
  ofDesign.extend({ design: z.custom<UpdateDesignInput>() }),
  (ctx, { accountId, designId, design }) => updateDesign(ctx, accountId, designId, design),
);

export const duplicateDesignAction = action('marketer', ofDesign, async (ctx, { accountId, designId }) => {
  const copy = await duplicateDesign(ctx, accountId, designId);
  refresh();
  return copy;
});

export const archiveDesignAction = action('marketer', ofDesign, async (ctx, { accountId, designId }) => {
  await archiveDesign(ctx, accountId, designId);
  refresh();
});

export const unarchiveDesignAction = action('marketer', ofDesign, async (ctx, { accountId, designId }) => {
  await unarchiveDesign(ctx, accountId, designId);
  refresh();
});

export const chooseDefaultDesignAction = action(
  'marketer',
  inAccount.extend({ designId: z.string().nullable() }),
  async (ctx, { accountId, designId }) => {
    await chooseDefaultDesign(ctx, accountId, designId);
    refresh();
  },
);
