import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { requireWebhook } from './require-webhook';
import { createWebhookSchema, type UpdateWebhookInput, updateWebhookSchema } from './schemas';
import { changeWebhook } from './store';
import type { WebhookDto } from './types';

/**
 * Changes a webhook; what is left out stays as it is. `enabled: true` also begins its patience anew.
 *
 * @throws AppError NOT_FOUND | VALIDATION_FAILED
 */
export async function updateWebhook(
  ctx: Context,
  accountId: string,
  webhookId: string,
  input: UpdateWebhookInput,
): Promise<WebhookDto> {
  authorise(ctx, 'admin', accountId);
  const { enabled, ...change } = parseInput(updateWebhookSchema, input);
  return ctx.db.$transaction(async (tx) => {
    const {
      id,
      url,
      events,
      allowPrivate,
      seesOpenids,
      enabled: isEnabled,
    } = await requireWebhook(tx, accountId, webhookId);
    // What it comes to is judged as a whole: an http address and `allowPrivate` may come in two requests.
    parseInput(createWebhookSchema, { url, events, allowPrivate, seesOpenids, ...change });
    const webhook = await changeWebhook(tx, id, {
      ...change,
      ...(enabled === true
        ? { disabledAt: null, disabledReason: null, failingSince: null, failures: 0 }
        : {}),
      ...(enabled === false && isEnabled
        ? { disabledAt: ctx.clock.now(), disabledReason: 'switchedOff' }
        : {}),
    });
    await recordAudit(ctx, tx, {
      action: 'webhook.update',
      target: { kind: 'webhook', id, label: new URL(webhook.url).host },
      accountId,
      details: { changed: Object.keys(parseInput(updateWebhookSchema, input)) },
    });
    return webhook;
  });
}
