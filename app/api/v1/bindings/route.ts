import { createBinding } from '@/lib/bindings/create-binding';
import { listBindings } from '@/lib/bindings/list-bindings';
import { createBindingOperation, listBindingsOperation } from '@/lib/openapi/operations/bindings';
import { apiMethods, apiRoute, created } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listBindingsOperation, (ctx, { accountId, query }) => listBindings(ctx, accountId, query)),
  POST: apiRoute(createBindingOperation, async (ctx, { accountId, body, onceId }) =>
    created(await createBinding(ctx, accountId, body, { id: onceId ?? undefined })),
  ),
});
