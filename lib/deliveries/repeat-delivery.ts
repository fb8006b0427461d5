import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { announceBackground, wakeBackground } from '../background/announce';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { findDelivery, restartDelivery } from './store';
import type { DeliveryDto } from './types';

const dayMs = 86_400_000;

/**
 * Sends a finished delivery once more, with the same content, and tries for another day. One that still waits is left as
 * it is. The service that owns the targets has authorised.
 *
 * @param targetIds  those that may be asked for
 * @throws AppError NOT_FOUND  no such delivery to one of these
 */
export async function repeatDelivery(
  ctx: Pick<Context, 'db' | 'clock' | 'actor'>,
  targetIds: string[],
  deliveryId: string,
  accountId?: string,
): Promise<DeliveryDto> {
  const id = requireId(deliveryId, 'delivery');
  const delivery = await findDelivery(ctx.db, id);
  if (!delivery || !targetIds.includes(delivery.targetId)) {
    throw new AppError('NOT_FOUND', `no delivery ${id} to these targets`, { what: 'delivery' });
  }
  const now = ctx.clock.now();
  await ctx.db.$transaction(async (tx) => {
    const giveUpAt = new Date(now.getTime() + dayMs);
    if (!(await restartDelivery(tx, id, { nextAttemptAt: now, giveUpAt }))) return;
    await recordAudit(ctx, tx, {
      action: 'delivery.repeat',
      target: { kind: 'delivery', id, label: delivery.eventType },
      ...(accountId ? { accountId } : {}),
    });
    await announceBackground(tx, 'deliveries');
  });
  wakeBackground('deliveries');
  return (await findDelivery(ctx.db, id)) ?? delivery;
}
