import { getAccount } from '@/lib/accounts/get-account';
import { updateAccount } from '@/lib/accounts/update-account';
import { getAccountOperation, updateAccountOperation } from '@/lib/openapi/operations/accounts';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getAccountOperation, (ctx, { params }) => getAccount(ctx, params.id)),
  PATCH: apiRoute(updateAccountOperation, (ctx, { params, body }) => updateAccount(ctx, params.id, body)),
});
