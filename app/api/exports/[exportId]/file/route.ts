import { locateExport } from '@/lib/exports/locate-export';
import { readExportFile } from '@/lib/exports/read-export-file';
import { streamPinned } from '@/lib/exports/stream-export';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { exportFileResponse, exportStreamResponse, isBegun } from '@/lib/web/export-response';

const downloadExportOperation = operation({
  id: 'downloadExport',
  method: 'GET',
  path: '/api/exports/{exportId}/file',
  tag: 'exports',
  summary: 'The file of an export, for a browser with a session',
  role: 'viewer',
  scope: 'account',
  params: { exportId: 'of the export' },
  answers: [{ status: 200, description: 'The file' }],
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    downloadExportOperation,
    async (ctx, { accountId, params, request }) => {
      const waiting = isBegun(request) ? await streamPinned(ctx, accountId, params.exportId) : null;
      if (waiting) return exportStreamResponse(waiting);
      const file = await readExportFile(ctx, accountId, params.exportId, { isBegun: isBegun(request) });
      return exportFileResponse(request, file);
    },
    { locate: (ctx, params) => locateExport(ctx, params.exportId) },
  ),
});
