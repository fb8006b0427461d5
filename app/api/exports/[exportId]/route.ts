import { getExport } from '@/lib/exports/get-export';
import { locateExport } from '@/lib/exports/locate-export';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';

const followExportOperation = operation({
  id: 'followExport',
  method: 'GET',
  path: '/api/exports/{exportId}',
  tag: 'exports',
  summary: 'How far an export is',
  role: 'viewer',
  scope: 'account',
  params: { exportId: 'of the export' },
  answers: [{ status: 200, description: 'The export as it stands' }],
});

/** What the list of exports asks again and again while one is made. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    followExportOperation,
    (ctx, { accountId, params }) => getExport(ctx, accountId, params.exportId),
    { locate: (ctx, params) => locateExport(ctx, params.exportId) },
  ),
});
