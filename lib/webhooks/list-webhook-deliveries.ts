import 'server-only';
import type { Context } from '../context';
import { listDeliveries } from '../deliveries/list-deliveries';
import type { DeliveryDto } from '../deliveries/types';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { requireWebhook } from './require-webhook';
import { type ListDeliveriesInput, listDeliveriesSchema } from './schemas';

/**
 * What was sent to a webhook and what came of it, the newest first; the last 30 days.
 *
 * @throws AppError NOT_FOUND | VALIDATION_FAILED
 */
export async function listWebhookDeliveries(
  ctx: Context,
  accountId: string,
  webhookId: string,
  input: ListDeliveriesInput,
): Promise<{ items: DeliveryDto[]; nextCursor: string | null }> {
  authorise(ctx, 'admin', accountId);
  const query = parseInput(listDeliveriesSchema, input);
  const { id } = await requireWebhook(ctx.db, accountId, webhookId);
  return listDeliveries(ctx, [id], query);
}
