import { getBreakdown } from '@/lib/analytics/get-breakdown';
import { getBreakdownOperation } from '@/lib/openapi/operations/analytics';
import { itemsAnswer } from '@/lib/web/analytics-answers';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getBreakdownOperation, async (ctx, { accountId, query, request }) => {
    const { by, items } = await getBreakdown(ctx, accountId, query);
    return itemsAnswer(request, `breakdown-by-${by}.csv`, items);
  }),
});
