import { getBinding } from '@/lib/bindings/get-binding';
import { locateBinding } from '@/lib/bindings/locate-binding';
import { getBindingOperation } from '@/lib/openapi/operations/bindings';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getBindingOperation, (ctx, { accountId, params }) => getBinding(ctx, accountId, params.id), {
    locate: (ctx, { id }) => locateBinding(ctx, id),
  }),
});
