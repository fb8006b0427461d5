import { listScansOperation } from '@/lib/openapi/operations/scans';
import { listScans } from '@/lib/scans/list-scans';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listScansOperation, (ctx, { accountId, query }) => listScans(ctx, accountId, query)),
});
