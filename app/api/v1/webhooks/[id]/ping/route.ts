import { pingWebhookOperation } from '@/lib/openapi/operations/webhooks';
import { apiMethods, apiRoute, StatusAnswer } from '@/lib/web/api-route';
import { locateWebhook } from '@/lib/webhooks/locate-webhook';
import { pingWebhook } from '@/lib/webhooks/ping-webhook';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(
    pingWebhookOperation,
    async (ctx, { accountId, params }) => new StatusAnswer(202, await pingWebhook(ctx, accountId, params.id)),
    { locate: (ctx, { id }) => locateWebhook(ctx, id) },
  ),
});
