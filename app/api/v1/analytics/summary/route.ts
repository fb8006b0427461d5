import { summariseScans } from '@/lib/analytics/summarise-scans';
import { getSummaryOperation } from '@/lib/openapi/operations/analytics';
import { summaryAnswer } from '@/lib/web/analytics-answers';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getSummaryOperation, async (ctx, { accountId, query, request }) =>
    summaryAnswer(request, await summariseScans(ctx, accountId, query)),
  ),
});
