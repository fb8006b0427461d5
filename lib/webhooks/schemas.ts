import { z } from 'zod';
import { deliveryStates } from '../deliveries/types';
import { webAddressSchema } from '../outgoing/web-address';
import { webhookEvents } from './types';

const eventsSchema = z
  .array(z.enum(webhookEvents))
  .min(1)
  .max(webhookEvents.length)
  .transform((events) => [...new Set(events)]);

/** Plain http is taken for private addresses only: it would carry the payload readable through the internet. */
function refusePlainHttp(
  { url, allowPrivate }: { url?: string; allowPrivate?: boolean },
  ctx: z.RefinementCtx,
): void {
  if (url?.toLowerCase().startsWith('http:') && !allowPrivate) {
    ctx.addIssue({ code: 'custom', path: ['url'], params: { code: 'httpsWanted' } });
  }
}

const fields = {
  url: webAddressSchema,
  events: eventsSchema,
  allowPrivate: z.boolean(),
  seesOpenids: z.boolean(),
};

export const createWebhookSchema = z
  .strictObject({
    ...fields,
    allowPrivate: fields.allowPrivate.default(false),
    seesOpenids: fields.seesOpenids.default(false),
  })
  .superRefine(refusePlainHttp);
export type CreateWebhookInput = z.input<typeof createWebhookSchema>;

export const updateWebhookSchema = z.strictObject({ ...fields, enabled: z.boolean() }).partial();
export type UpdateWebhookInput = z.input<typeof updateWebhookSchema>;

export const webhookIdSchema = z.object({ webhookId: z.string() });

export const listDeliveriesSchema = z.strictObject({
  state: z.enum(deliveryStates).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListDeliveriesInput = z.input<typeof listDeliveriesSchema>;
