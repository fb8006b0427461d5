import { streamExport } from '@/lib/exports/stream-export';
import { streamExportOperation } from '@/lib/openapi/operations/exports';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { exportStreamResponse } from '@/lib/web/export-response';

/** Print files of many codes, for a browser with a session as well as for a key. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(streamExportOperation, async (ctx, { accountId, query }) =>
    exportStreamResponse(await streamExport(ctx, accountId, query)),
  ),
});
