import { exportBatchRows } from '@/lib/batches/export-batch-rows';
import { locateBatch } from '@/lib/batches/locate-batch';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { csvResponse } from '@/lib/web/csv-response';

const downloadRowsOperation = operation({
  id: 'downloadBatchRows',
  method: 'GET',
  path: '/api/batches/{batchId}/rows.csv',
  tag: 'batches',
  summary: 'What became of the rows of a batch, as a CSV',
  role: 'viewer',
  scope: 'account',
  params: { batchId: 'of the batch' },
  answers: [{ status: 200, description: 'UTF-8 with BOM', contentTypes: ['text/csv'] }],
});

/** For a browser with a session: the link on the page of a batch. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    downloadRowsOperation,
    async (ctx, { accountId, params }) => csvResponse(await exportBatchRows(ctx, accountId, params.batchId)),
    { locate: (ctx, params) => locateBatch(ctx, params.batchId) },
  ),
});
