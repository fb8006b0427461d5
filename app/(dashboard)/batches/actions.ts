'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { cancelBatch } from '@/lib/batches/cancel-batch';
import { pauseBatch } from '@/lib/batches/pause-batch';
import { resumeBatch } from '@/lib/batches/resume-batch';
import { retryBatch } from '@/lib/batches/retry-batch';
import { action } from '@/lib/web/action';

const ofBatch = z.object({ accountId: z.string(), batchId: z.string() });

export const pauseBatchAction = action('marketer', ofBatch, async (ctx, { accountId, batchId }) => {
  const batch = await pauseBatch(ctx, accountId, batchId);
  refresh();
  return batch;
});

export const resumeBatchAction = action('marketer', ofBatch, async (ctx, { accountId, batchId }) => {
  const batch = await resumeBatch(ctx, accountId, batchId);
  refresh();
  return batch;
});

export const cancelBatchAction = action('marketer', ofBatch, async (ctx, { accountId, batchId }) => {
  const batch = await cancelBatch(ctx, accountId, batchId);
  // The slots that came back stand at the foot of the frame.
  refresh();
  return batch;
});

export const retryBatchAction = action('marketer', ofBatch, async (ctx, { accountId, batchId }) => {
  const batch = await retryBatch(ctx, accountId, batchId);
  refresh();
  return batch;
});
