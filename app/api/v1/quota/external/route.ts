import { declareExternal } from '@/lib/accounts/declare-external';
import { declareExternalOperation } from '@/lib/openapi/operations/accounts';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(declareExternalOperation, (ctx, { accountId, body }) =>
    declareExternal(ctx, accountId, body),
  ),
});
