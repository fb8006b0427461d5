import 'server-only';
import type { Context } from '../context';
import { listDeliveries } from '../deliveries/list-deliveries';
import { repeatDelivery } from '../deliveries/repeat-delivery';
import type { DeliveryDto } from '../deliveries/types';
import { authorise } from '../people/authorise';
import { requireRelay } from './require-relay';

/**
 * What was handed on to a system and what came of it, the newest first; the last 30 days.
 *
 * @throws AppError NOT_FOUND | VALIDATION_FAILED
 */
export async function listRelayDeliveries(
  ctx: Context,
  accountId: string,
  relayId: string,
  query: { cursor?: string } = {},
): Promise<{ items: DeliveryDto[]; nextCursor: string | null }> {
  authorise(ctx, 'admin', accountId);
  const { id } = await requireRelay(ctx.db, accountId, relayId);
  return listDeliveries(ctx, [id], { ...(query.cursor === undefined ? {} : { cursor: query.cursor }) });
}

/** Sends the same push once more, sealed as of then. @throws AppError NOT_FOUND */
export async function repeatRelayDelivery(
  ctx: Context,
  accountId: string,
  relayId: string,
  deliveryId: string,
): Promise<DeliveryDto> {
  authorise(ctx, 'admin', accountId);
  const { id } = await requireRelay(ctx.db, accountId, relayId);
  return repeatDelivery(ctx, [id], deliveryId, accountId);
}
