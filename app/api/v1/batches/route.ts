import { listBatches } from '@/lib/batches/list-batches';
import { createBatchOperation, listBatchesOperation } from '@/lib/openapi/operations/batches';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { answerCreateBatch } from '@/lib/web/batch-answers';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listBatchesOperation, (ctx, { accountId, query }) => listBatches(ctx, accountId, query)),
  POST: apiRoute(createBatchOperation, answerCreateBatch),
});
