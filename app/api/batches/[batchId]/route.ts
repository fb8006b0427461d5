import { getBatchProgress } from '@/lib/batches/get-batch';
import { locateBatch } from '@/lib/batches/locate-batch';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';

const followBatchOperation = operation({
  id: 'followBatch',
  method: 'GET',
  path: '/api/batches/{batchId}',
  tag: 'batches',
  summary: 'How far a batch is, how fast it goes, and what went wrong last',
  role: 'viewer',
  scope: 'account',
  params: { batchId: 'of the batch' },
  answers: [{ status: 200, description: 'The batch as it stands' }],
});

/** What the page of a batch asks again and again while it is issued. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    followBatchOperation,
    (ctx, { accountId, params }) => getBatchProgress(ctx, accountId, params.batchId),
    { locate: (ctx, params) => locateBatch(ctx, params.batchId) },
  ),
});
