import { locateBatch } from '@/lib/batches/locate-batch';
import { resumeBatch } from '@/lib/batches/resume-batch';
import { resumeBatchOperation } from '@/lib/openapi/operations/batches';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(
    resumeBatchOperation,
    (ctx, { accountId, params }) => resumeBatch(ctx, accountId, params.id),
    {
      locate: (ctx, { id }) => locateBatch(ctx, id),
    },
  ),
});
