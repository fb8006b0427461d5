import { locateBatch } from '@/lib/batches/locate-batch';
import { listBatchRowsOperation } from '@/lib/openapi/operations/batches';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { answerBatchRows } from '@/lib/web/batch-answers';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(
    listBatchRowsOperation,
    (ctx, { accountId, params, query, request }) =>
      answerBatchRows(ctx, accountId, params.id, query, request),
    { locate: (ctx, { id }) => locateBatch(ctx, id) },
  ),
});
