import { listWebhookDeliveriesOperation } from '@/lib/openapi/operations/webhooks';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { listWebhookDeliveries } from '@/lib/webhooks/list-webhook-deliveries';
import { locateWebhook } from '@/lib/webhooks/locate-webhook';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(
    listWebhookDeliveriesOperation,
    (ctx, { accountId, params, query }) => listWebhookDeliveries(ctx, accountId, params.id, query),
    { locate: (ctx, { id }) => locateWebhook(ctx, id) },
  ),
});
