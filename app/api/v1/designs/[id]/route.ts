import { getDesign } from '@/lib/designs/get-design';
import { locateDesign } from '@/lib/designs/locate-design';
import { getDesignOperation } from '@/lib/openapi/operations/designs';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getDesignOperation, (ctx, { accountId, params }) => getDesign(ctx, accountId, params.id), {
    locate: (ctx, { id }) => locateDesign(ctx, id),
  }),
});
