import { getSeries } from '@/lib/analytics/get-series';
import { getSeriesOperation } from '@/lib/openapi/operations/analytics';
import { itemsAnswer } from '@/lib/web/analytics-answers';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getSeriesOperation, async (ctx, { accountId, query, request }) => {
    const { by, items } = await getSeries(ctx, accountId, query);
    return itemsAnswer(request, `series-by-${by}.csv`, items);
  }),
});
