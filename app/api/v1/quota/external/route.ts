import { declareExternal } from '@/lib/accounts/declare-external';
import { listExternalImports } from '@/lib/accounts/list-external-imports';
import { declareExternalOperation, listExternalImportsOperation } from '@/lib/openapi/operations/quota';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listExternalImportsOperation, (ctx, { accountId, query }) =>
    listExternalImports(ctx, accountId, query),
  ),
  POST: apiRoute(declareExternalOperation, (ctx, { accountId, body }) =>
    declareExternal(ctx, accountId, body),
  ),
});
