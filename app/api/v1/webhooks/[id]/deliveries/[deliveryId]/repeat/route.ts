import { repeatWebhookDeliveryOperation } from '@/lib/openapi/operations/webhooks';
import { apiMethods, apiRoute, StatusAnswer } from '@/lib/web/api-route';
import { locateWebhook } from '@/lib/webhooks/locate-webhook';
import { repeatWebhookDelivery } from '@/lib/webhooks/repeat-webhook-delivery';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(
    repeatWebhookDeliveryOperation,
    async (ctx, { accountId, params }) =>
      new StatusAnswer(202, await repeatWebhookDelivery(ctx, accountId, params.id, params.deliveryId)),
    { locate: (ctx, { id }) => locateWebhook(ctx, id) },
  ),
});
