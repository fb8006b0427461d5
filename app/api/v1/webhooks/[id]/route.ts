import {
  deleteWebhookOperation,
  getWebhookOperation,
  updateWebhookOperation,
} from '@/lib/openapi/operations/webhooks';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { deleteWebhook } from '@/lib/webhooks/delete-webhook';
import { getWebhook } from '@/lib/webhooks/get-webhook';
import { locateWebhook } from '@/lib/webhooks/locate-webhook';
import { updateWebhook } from '@/lib/webhooks/update-webhook';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getWebhookOperation, (ctx, { accountId, params }) => getWebhook(ctx, accountId, params.id), {
    locate: (ctx, { id }) => locateWebhook(ctx, id),
  }),
  PATCH: apiRoute(
    updateWebhookOperation,
    (ctx, { accountId, params, body }) => updateWebhook(ctx, accountId, params.id, body),
    { locate: (ctx, { id }) => locateWebhook(ctx, id) },
  ),
  DELETE: apiRoute(
    deleteWebhookOperation,
    async (ctx, { accountId, params }) => {
      await deleteWebhook(ctx, accountId, params.id);
      return { id: params.id };
    },
    { locate: (ctx, { id }) => locateWebhook(ctx, id) },
  ),
});
