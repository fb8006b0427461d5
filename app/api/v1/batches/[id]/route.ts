import { getBatch } from '@/lib/batches/get-batch';
import { locateBatch } from '@/lib/batches/locate-batch';
import { getBatchOperation } from '@/lib/openapi/operations/batches';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getBatchOperation, (ctx, { accountId, params }) => getBatch(ctx, accountId, params.id), {
    locate: (ctx, { id }) => locateBatch(ctx, id),
  }),
});
