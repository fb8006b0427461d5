'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { createTag } from '@/lib/tags/create-tag';
import { deleteTag } from '@/lib/tags/delete-tag';
import { retryMarking } from '@/lib/tags/retry-marking';
import type { CreateTagInput, RetryMarkingInput, UpdateTagInput } from '@/lib/tags/schemas';
import { updateTag } from '@/lib/tags/update-tag';
import { action } from '@/lib/web/action';

const ofAccount = z.object({ accountId: z.string() });
const ofTag = ofAccount.extend({ tagId: z.string() });

// The services check `tag` with their own schemas, so that its faults name the fields of the form.

export const createTagAction = action(
  'marketer',
  ofAccount.extend({ tag: z.custom<CreateTagInput>() }),
  async (ctx, { accountId, tag }) => {
    const made = await createTag(ctx, accountId, tag);
    refresh();
    return made;
  },
);

export const updateTagAction = action(
  'marketer',
  ofTag.extend({ tag: z.custom<UpdateTagInput>() }),
  async (ctx, { accountId, tagId, tag }) => {
    const updated = await updateTag(ctx, accountId, tagId, tag);
    refresh();
    return updated;
  },
);

export const deleteTagAction = action('marketer', ofTag, async (ctx, { accountId, tagId }) => {
  await deleteTag(ctx, accountId, tagId);
  refresh();
});

export const retryMarkingAction = action(
  'marketer',
  ofAccount.extend({ which: z.custom<RetryMarkingInput>() }),
  async (ctx, { accountId, which }) => {
    const retried = await retryMarking(ctx, accountId, which);
    refresh();
    return retried;
  },
);
