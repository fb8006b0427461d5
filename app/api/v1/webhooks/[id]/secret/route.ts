import { rotateWebhookSecretOperation } from '@/lib/openapi/operations/webhooks';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { locateWebhook } from '@/lib/webhooks/locate-webhook';
import { rotateWebhookSecret } from '@/lib/webhooks/rotate-webhook-secret';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(
    rotateWebhookSecretOperation,
    (ctx, { accountId, params }) => rotateWebhookSecret(ctx, accountId, params.id),
    { locate: (ctx, { id }) => locateWebhook(ctx, id) },
  ),
});
