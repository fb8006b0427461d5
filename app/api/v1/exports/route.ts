import { prepareExport } from '@/lib/exports/prepare-export';
import { streamExport } from '@/lib/exports/stream-export';
import { createExportOperation, streamExportOperation } from '@/lib/openapi/operations/exports';
import { apiMethods, apiRoute, StatusAnswer } from '@/lib/web/api-route';
import { exportStreamResponse } from '@/lib/web/export-response';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(streamExportOperation, async (ctx, { accountId, query }) =>
    exportStreamResponse(await streamExport(ctx, accountId, query)),
  ),
  POST: apiRoute(
    createExportOperation,
    async (ctx, { accountId, body, onceId }) =>
      new StatusAnswer(202, await prepareExport(ctx, accountId, body, onceId ?? undefined)),
  ),
});
