import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { deleteDeliveriesOf } from '../deliveries/discard-deliveries';
import { authorise } from '../people/authorise';
import { requireWebhook } from './require-webhook';
import { removeWebhook } from './store';

/**
 * Removes a webhook; what still waited for it is given up.
 *
 * @throws AppError NOT_FOUND
 */
export async function deleteWebhook(ctx: Context, accountId: string, webhookId: string): Promise<void> {
  authorise(ctx, 'admin', accountId);
  await ctx.db.$transaction(async (tx) => {
    const { id, url } = await requireWebhook(tx, accountId, webhookId);
    await deleteDeliveriesOf(tx, id);
    await removeWebhook(tx, id);
    await recordAudit(ctx, tx, {
      action: 'webhook.delete',
      target: { kind: 'webhook', id, label: new URL(url).host },
      accountId,
    });
  });
}
