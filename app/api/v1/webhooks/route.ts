import { createWebhookOperation, listWebhooksOperation } from '@/lib/openapi/operations/webhooks';
import { apiMethods, apiRoute, created } from '@/lib/web/api-route';
import { createWebhook } from '@/lib/webhooks/create-webhook';
import { listWebhooks } from '@/lib/webhooks/list-webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listWebhooksOperation, async (ctx, { accountId }) => ({
    items: await listWebhooks(ctx, accountId),
    nextCursor: null,
  })),
  POST: apiRoute(createWebhookOperation, async (ctx, { accountId, body, onceId }) =>
    created(await createWebhook(ctx, accountId, body, { id: onceId ?? undefined })),
  ),
});
