import { z } from 'zod';
import { deliveryStates } from '../../deliveries/types';
import { outgoingErrors } from '../../outgoing/types';
import { createWebhookSchema, listDeliveriesSchema, updateWebhookSchema } from '../../webhooks/schemas';
import { disabledReasons, webhookEvents } from '../../webhooks/types';
import { operation } from '../operation';
import { pageHints } from './page-query';

const moment = z.iso.datetime();

const webhookSchema = z
  .object({
    id: z.uuid(),
    accountId: z.uuid(),
    url: z.string(),
    events: z.array(z.enum(webhookEvents)),
    allowPrivate: z.boolean().describe('loopback and private addresses may be called'),
    seesOpenids: z.boolean().describe('openids go out whole; masked otherwise'),
    enabled: z.boolean(),
    disabledAt: moment.nullable(),
    disabledReason: z
      .enum(disabledReasons)
      .nullable()
      .describe('failing: every attempt of a whole day failed'),
    failures: z.int().describe('failed attempts since the last that succeeded'),
    failingSince: moment.nullable(),
    createdAt: moment,
  })
  .describe(
    'An address that is told what happens. Each message is a POST of {id, type, at, accountId, data} with the header `Qudao-Signature: t=UNIX_SECONDS,v1=HEX`, HEX being the HMAC-SHA256 of `UNIX_SECONDS.BODY` under the secret. Answer 2xx within 30 seconds; anything else is tried again for 24 hours, so the same `id` may come twice.',
  );

const withSecret = webhookSchema.extend({
  secret: z.string().describe('in this answer and nowhere else afterwards'),
});

const deliverySchema = z.object({
  id: z.uuid(),
  kind: z.literal('webhook'),
  targetId: z.uuid(),
  eventType: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  nextAttemptAt: moment.nullable(),
  lastStatus: z.int().nullable(),
  lastError: z.enum(outgoingErrors).nullable(),
  lastAnswer: z.string().nullable(),
  createdAt: moment,
  finishedAt: moment.nullable(),
});

const params = { id: 'of the webhook' };
const common = { tag: 'webhooks', role: 'admin', scope: 'account' } as const;
const bodyExample = { url: 'https://crm.example.com/qudao', events: ['scan.recorded', 'follower.gained'] };

export const listWebhooksOperation = operation({
  ...common,
  id: 'listWebhooks',
  method: 'GET',
  path: '/api/v1/webhooks',
  summary: 'Webhooks, the newest first',
  answers: [
    {
      status: 200,
      description: 'All of the account',
      schema: z.object({ items: z.array(webhookSchema), nextCursor: z.null() }),
    },
  ],
});

export const createWebhookOperation = operation({
  ...common,
  id: 'createWebhook',
  method: 'POST',
  path: '/api/v1/webhooks',
  summary: 'Name an address that is told what happens',
  body: createWebhookSchema,
  bodyHints: { url: { description: 'https, or http where `allowPrivate`' } },
  bodyExample,
  answers: [{ status: 201, description: 'Made, with its secret', schema: withSecret }],
  location: '/api/v1/webhooks',
});

export const getWebhookOperation = operation({
  ...common,
  id: 'getWebhook',
  method: 'GET',
  path: '/api/v1/webhooks/{id}',
  summary: 'One webhook',
  params,
  answers: [{ status: 200, description: 'The webhook', schema: webhookSchema }],
});

export const updateWebhookOperation = operation({
  ...common,
  id: 'updateWebhook',
  method: 'PATCH',
  path: '/api/v1/webhooks/{id}',
  summary: 'Change a webhook, or switch it on and off; what is left out stays as it is',
  params,
  body: updateWebhookSchema,
  bodyExample: { enabled: true },
  answers: [{ status: 200, description: 'Changed', schema: webhookSchema }],
});

export const deleteWebhookOperation = operation({
  ...common,
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/api/v1/webhooks/{id}',
  summary: 'Remove a webhook; what still waited for it is given up',
  params,
  answers: [{ status: 200, description: 'Removed', schema: z.object({ id: z.uuid() }) }],
});

export const rotateWebhookSecretOperation = operation({
  ...common,
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/api/v1/webhooks/{id}/secret',
  summary: 'Give a webhook a new secret, from the next message on',
  params,
  answers: [{ status: 200, description: 'The webhook with its new secret', schema: withSecret }],
});

export const pingWebhookOperation = operation({
  ...common,
  id: 'pingWebhook',
  method: 'POST',
  path: '/api/v1/webhooks/{id}/ping',
  summary: 'Send a `ping`, through the queue as any other message',
  params,
  answers: [{ status: 202, description: 'Under way', schema: z.object({ deliveryId: z.uuid() }) }],
});

export const listWebhookDeliveriesOperation = operation({
  ...common,
  id: 'listWebhookDeliveries',
  method: 'GET',
  path: '/api/v1/webhooks/{id}/deliveries',
  summary: 'What was sent in the last 30 days, and what came of it',
  params,
  query: listDeliveriesSchema,
  queryHints: pageHints,
  answers: [
    {
      status: 200,
      description: 'One page, the newest first',
      schema: z.object({ items: z.array(deliverySchema), nextCursor: z.string().nullable() }),
    },
  ],
});

export const repeatWebhookDeliveryOperation = operation({
  ...common,
  id: 'repeatWebhookDelivery',
  method: 'POST',
  path: '/api/v1/webhooks/{id}/deliveries/{deliveryId}/repeat',
  summary: 'Send a message once more',
  params: { ...params, deliveryId: 'of the delivery' },
  answers: [{ status: 202, description: 'Waiting to be sent', schema: deliverySchema }],
});
