import { listDesigns } from '@/lib/designs/list-designs';
import { listDesignsOperation } from '@/lib/openapi/operations/designs';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listDesignsOperation, (ctx, { accountId, query }) => listDesigns(ctx, accountId, query)),
});
