import 'server-only';
import type { Context } from '../context';
import type { DeliverySender } from '../deliveries/sender';
import type { DeliveryOutcome, DueDelivery } from '../deliveries/types';
import { appSecret } from '../env';
import { notify } from '../notifications/notify';
import { excerptOf, sendRequest } from '../outgoing/send-request';
import { unseal } from '../secrets';
import { secretPlace, signatureHeader, signWebhook } from './signature';
import { disableFailing, findWebhookTarget, noteFailure, noteSuccess } from './store';

/** A webhook of which every attempt has failed for so long is switched off. */
const patienceHours = 24;

/** Told that it was switched off, or is gone: there is nobody to send to. */
const gone: DeliveryOutcome = { ok: false, status: null, error: 'targetGone', retry: false };

async function send(ctx: Context, delivery: DueDelivery, signal: AbortSignal): Promise<DeliveryOutcome> {
  const target = await findWebhookTarget(ctx.db, delivery.targetId);
  if (!target || target.disabledAt) return gone;
  const secret = unseal(appSecret(), secretPlace(delivery.targetId), target.secretSealed);
  const result = await sendRequest({
    url: target.url,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'qudao-event': delivery.eventType,
      'qudao-delivery': delivery.id,
      [signatureHeader]: signWebhook(secret, delivery.payload, ctx.clock.now()),
    },
    body: delivery.payload,
    allowHttp: target.allowPrivate,
    allowPrivate: target.allowPrivate,
    signal,
  });
  if (!result.ok) return { ok: false, status: null, error: result.error, retry: true };
  const { status, body, headers } = result.answer;
  const answer = excerptOf(body);
  if (status >= 200 && status < 300) return { ok: true, status, answer };
  const retryAfterSeconds = Number(headers['retry-after']) || undefined;
  return { ok: false, status, error: 'status', answer, retry: status !== 410, retryAfterSeconds };
}

export const webhookSender: DeliverySender = {
  send,
  async record(tx, { delivery, outcome, now }) {
    if (outcome.ok) return noteSuccess(tx, delivery.targetId);
    if (outcome.error === 'targetGone') return;
    await noteFailure(tx, delivery.targetId, now);
    const failingBefore = new Date(now.getTime() - patienceHours * 3_600_000);
    const disabled = await disableFailing(tx, delivery.targetId, { failingBefore, now });
    if (!disabled) return;
    await notify(tx, {
      accountId: disabled.accountId,
      kind: 'webhook.disabled',
      data: { host: new URL(disabled.url).host, failures: disabled.failures },
      href: `/settings/webhooks/${disabled.id}`,
      audience: { role: 'admin' },
    });
  },
};
