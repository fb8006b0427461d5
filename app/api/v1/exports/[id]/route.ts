import { getExport } from '@/lib/exports/get-export';
import { locateExport } from '@/lib/exports/locate-export';
import { getExportOperation } from '@/lib/openapi/operations/exports';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getExportOperation, (ctx, { accountId, params }) => getExport(ctx, accountId, params.id), {
    locate: (ctx, { id }) => locateExport(ctx, id),
  }),
});
