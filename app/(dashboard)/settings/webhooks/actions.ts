'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { action } from '@/lib/web/action';
import { createWebhook } from '@/lib/webhooks/create-webhook';
import { deleteWebhook } from '@/lib/webhooks/delete-webhook';
import { pingWebhook } from '@/lib/webhooks/ping-webhook';
import { repeatWebhookDelivery } from '@/lib/webhooks/repeat-webhook-delivery';
import { rotateWebhookSecret } from '@/lib/webhooks/rotate-webhook-secret';
import type { CreateWebhookInput, UpdateWebhookInput } from '@/lib/webhooks/schemas';
import { updateWebhook } from '@/lib/webhooks/update-webhook';

const ofAccount = z.object({ accountId: z.string() });
const ofWebhook = ofAccount.extend({ webhookId: z.string() });

// The services check `webhook` and `change` with their own schemas, so that their faults name the fields of the form.

export const createWebhookAction = action(
  'admin',
  ofAccount.extend({ webhook: z.custom<CreateWebhookInput>() }),
  async (ctx, { accountId, webhook }) => {
    const made = await createWebhook(ctx, accountId, webhook);
    refresh();
    return made;
  },
);

export const updateWebhookAction = action(
  'admin',
  ofWebhook.extend({ change: z.custom<UpdateWebhookInput>() }),
  async (ctx, { accountId, webhookId, change }) => {
    const webhook = await updateWebhook(ctx, accountId, webhookId, change);
    refresh();
    return webhook;
  },
);

export const deleteWebhookAction = action('admin', ofWebhook, async (ctx, { accountId, webhookId }) => {
  await deleteWebhook(ctx, accountId, webhookId);
  refresh();
});

export const rotateWebhookSecretAction = action('admin', ofWebhook, (ctx, { accountId, webhookId }) =>
  rotateWebhookSecret(ctx, accountId, webhookId),
);

export const pingWebhookAction = action('admin', ofWebhook, (ctx, { accountId, webhookId }) =>
  pingWebhook(ctx, accountId, webhookId),
);

export const repeatWebhookDeliveryAction = action(
  'admin',
  ofWebhook.extend({ deliveryId: z.string() }),
  async (ctx, { accountId, webhookId, deliveryId }) => {
    const delivery = await repeatWebhookDelivery(ctx, accountId, webhookId, deliveryId);
    refresh();
    return delivery;
  },
);
