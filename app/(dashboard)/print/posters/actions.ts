'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { placeOnPoster, removePoster } from '@/lib/posters/change-poster';
import type { PosterPlacement } from '@/lib/posters/types';
import { action } from '@/lib/web/action';

const ofPoster = z.object({ accountId: z.string(), posterId: z.string() });

export const placeOnPosterAction = action(
  'marketer',
  ofPoster.extend({ placement: z.custom<PosterPlacement>() }),
  (ctx, { accountId, posterId, placement }) => placeOnPoster(ctx, accountId, posterId, placement),
);

export const removePosterAction = action('marketer', ofPoster, async (ctx, { accountId, posterId }) => {
  await removePoster(ctx, accountId, posterId);
  refresh();
});
