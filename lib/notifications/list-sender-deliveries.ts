import 'server-only';
import type { Context } from '../context';
import { listDeliveries } from '../deliveries/list-deliveries';
import type { DeliveryDto } from '../deliveries/types';
import { authorise } from '../people/authorise';
import { findSenders } from './sender-store';

const shown = 20;

/** What has gone to all senders of late, or waits to go, the newest first. */
export async function listSenderDeliveries(ctx: Context): Promise<DeliveryDto[]> {
  authorise(ctx, 'admin');
  const senders = await findSenders(ctx.db);
  if (senders.length === 0) return [];
  const ids = senders.map(({ id }) => id);
  return (await listDeliveries(ctx, ids, { limit: shown })).items;
}
