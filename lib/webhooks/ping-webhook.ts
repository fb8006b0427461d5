import 'server-only';
import { randomUUID } from 'node:crypto';
import { wakeBackground } from '../background/announce';
import type { Context } from '../context';
import { enqueueDeliveries } from '../deliveries/enqueue-deliveries';
import { authorise } from '../people/authorise';
import { requireWebhook } from './require-webhook';
import type { WebhookPayload } from './types';

/**
 * Sends a `ping`, through the queue as any other message, so that a receiver can be tried.
 *
 * @returns the delivery's id, by which its outcome is found in the log
 * @throws AppError NOT_FOUND
 */
export async function pingWebhook(
  ctx: Context,
  accountId: string,
  webhookId: string,
): Promise<{ deliveryId: string }> {
  authorise(ctx, 'admin', accountId);
  const deliveryId = await ctx.db.$transaction(async (tx) => {
    const { id } = await requireWebhook(tx, accountId, webhookId);
    const payload: WebhookPayload = {
      ...{ id: randomUUID(), type: 'ping', at: ctx.clock.now().toISOString(), accountId, data: {} },
    };
    const [sent] = await enqueueDeliveries(tx, [
      { accountId, kind: 'webhook', targetId: id, eventType: 'ping', payload: JSON.stringify(payload) },
    ]);
    return sent ?? '';
  });
  wakeBackground('deliveries');
  return { deliveryId };
}
