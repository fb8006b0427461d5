import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { appSecret } from '../env';
import { authorise } from '../people/authorise';
import { seal } from '../secrets';
import { requireWebhook } from './require-webhook';
import { createWebhookSecret, secretPlace } from './signature';
import { changeWebhook } from './store';
import type { CreatedWebhookDto } from './types';

/**
 * Gives a webhook a new secret, from the next message on. It is in this answer and nowhere else afterwards.
 *
 * @throws AppError NOT_FOUND
 */
export async function rotateWebhookSecret(
  ctx: Context,
  accountId: string,
  webhookId: string,
): Promise<CreatedWebhookDto> {
  authorise(ctx, 'admin', accountId);
  const secret = createWebhookSecret();
  return ctx.db.$transaction(async (tx) => {
    const { id, url } = await requireWebhook(tx, accountId, webhookId);
    const webhook = await changeWebhook(tx, id, { secretSealed: seal(appSecret(), secretPlace(id), secret) });
    await recordAudit(ctx, tx, {
      action: 'webhook.rotateSecret',
      target: { kind: 'webhook', id, label: new URL(url).host },
      accountId,
    });
    return { ...webhook, secret };
  });
}
