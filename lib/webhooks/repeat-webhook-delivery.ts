import 'server-only';
import type { Context } from '../context';
import { repeatDelivery } from '../deliveries/repeat-delivery';
import type { DeliveryDto } from '../deliveries/types';
import { authorise } from '../people/authorise';
import { requireWebhook } from './require-webhook';

/**
 * Sends the same message once more, under the id that it had; one that still waits is left as it is.
 *
 * @throws AppError NOT_FOUND
 */
export async function repeatWebhookDelivery(
  ctx: Context,
  accountId: string,
  webhookId: string,
  deliveryId: string,
): Promise<DeliveryDto> {
  authorise(ctx, 'admin', accountId);
  const { id } = await requireWebhook(ctx.db, accountId, webhookId);
  return repeatDelivery(ctx, [id], deliveryId, accountId);
}
