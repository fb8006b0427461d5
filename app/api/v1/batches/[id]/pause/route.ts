import { locateBatch } from '@/lib/batches/locate-batch';
import { pauseBatch } from '@/lib/batches/pause-batch';
import { pauseBatchOperation } from '@/lib/openapi/operations/batches';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(pauseBatchOperation, (ctx, { accountId, params }) => pauseBatch(ctx, accountId, params.id), {
    locate: (ctx, { id }) => locateBatch(ctx, id),
  }),
});
