import 'server-only';
import type { DeliverySender } from '../deliveries/sender';
import type { DeliveryOutcome } from '../deliveries/types';
import { env } from '../env';
import { isLocale } from '../i18n/locales';
import { composeMessage } from './compose-message';
import { parsePayload } from './message-payload';
import { sendBy } from './send-by';
import { findSender, writeSenderOutcome } from './sender-store';
import { findAccountOf } from './store';
import type { SenderTestDto } from './types';

/** Sends notifications that the queue holds, in the words and the language of the sender as it is set by then. */
export const notificationSender: DeliverySender = {
  async send(ctx, { targetId, payload }, signal) {
    const sender = await findSender(ctx.db, targetId);
    const told = parsePayload(payload);
    if (!sender?.enabled || !told) return { ok: false, status: null, error: 'targetGone', retry: false };
    const account = told.accountId === null ? null : await findAccountOf(ctx.db, told.accountId);
    const locale = isLocale(sender.locale) ? sender.locale : 'zh-CN';
    const now = ctx.clock.now();
    const message = await composeMessage(told, account, locale, { now, publicUrl: env().PUBLIC_URL });
    return sendBy(sender, message, now, signal);
  },
  record: (tx, { delivery, outcome, now }) =>
    writeSenderOutcome(tx, delivery.targetId, toTestDto(outcome), now),
};

export function toTestDto(outcome: DeliveryOutcome): SenderTestDto {
  const { status, answer = '' } = outcome;
  return outcome.ok ? { ok: true, status, answer } : { ok: false, status, error: outcome.error, answer };
}
