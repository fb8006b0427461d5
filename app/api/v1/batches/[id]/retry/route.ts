import { locateBatch } from '@/lib/batches/locate-batch';
import { retryBatch } from '@/lib/batches/retry-batch';
import { retryBatchOperation } from '@/lib/openapi/operations/batches';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(retryBatchOperation, (ctx, { accountId, params }) => retryBatch(ctx, accountId, params.id), {
    locate: (ctx, { id }) => locateBatch(ctx, id),
  }),
});
