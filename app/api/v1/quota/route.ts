import { getQuotaOperation } from '@/lib/openapi/operations/quota';
import { getQuota } from '@/lib/quota/get-quota';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getQuotaOperation, (ctx, { accountId }) => getQuota(ctx, accountId)),
});
