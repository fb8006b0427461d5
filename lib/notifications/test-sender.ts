import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { env } from '../env';
import { requireId } from '../field-issues';
import { isLocale } from '../i18n/locales';
import { authorise } from '../people/authorise';
import { limitRate } from '../rate-limits/limit-rate';
import { composeTest } from './compose-message';
import { notFound } from './save-sender';
import { sendBy } from './send-by';
import { toTestDto } from './send-notification';
import { findSender, writeSenderOutcome } from './sender-store';
import type { SenderTestDto } from './types';

const rate = { limit: 20, windowSeconds: 60 };

/**
 * Sends a test message at once, past the queue, and tells what the other side said.
 *
 * @throws AppError NOT_FOUND, RATE_LIMITED (20 a minute)
 */
export async function testSender(ctx: Context, senderId: string): Promise<SenderTestDto> {
  authorise(ctx, 'admin');
  const id = requireId(senderId, 'notificationSender');
  const sender = await findSender(ctx.db, id);
  if (!sender) throw notFound(id);
  await limitRate(ctx, 'sender-test', rate);
  const locale = isLocale(sender.locale) ? sender.locale : 'zh-CN';
  const message = await composeTest(locale, env().PUBLIC_URL);
  const outcome = toTestDto(await sendBy(sender, message, ctx.clock.now()));
  await ctx.db.$transaction(async (tx) => {
    await writeSenderOutcome(tx, id, outcome, ctx.clock.now());
    await recordAudit(ctx, tx, {
      action: 'notificationSender.test',
      target: { kind: 'notificationSender', id, label: sender.name },
      details: outcome.ok ? { ok: true } : { ok: false, error: outcome.error },
    });
  });
  return outcome;
}
