import { locateExport } from '@/lib/exports/locate-export';
import { readExportFile } from '@/lib/exports/read-export-file';
import { getExportFileOperation } from '@/lib/openapi/operations/exports';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { exportFileResponse, isBegun } from '@/lib/web/export-response';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(
    getExportFileOperation,
    async (ctx, { accountId, params, request }) => {
      const file = await readExportFile(ctx, accountId, params.id, { isBegun: isBegun(request) });
      return exportFileResponse(request, file);
    },
    { locate: (ctx, { id }) => locateExport(ctx, id) },
  ),
});
