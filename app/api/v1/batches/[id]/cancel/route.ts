import { cancelBatch } from '@/lib/batches/cancel-batch';
import { locateBatch } from '@/lib/batches/locate-batch';
import { cancelBatchOperation } from '@/lib/openapi/operations/batches';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(
    cancelBatchOperation,
    (ctx, { accountId, params }) => cancelBatch(ctx, accountId, params.id),
    {
      locate: (ctx, { id }) => locateBatch(ctx, id),
    },
  ),
});
