import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Clock, Context } from '../context';
import { notify } from '../notifications/notify';
import type { WeChatError } from '../wechat';
import { stopFor } from './stop-rule';
import { markUsedUp, writeStop } from './store';

/** No permanent code left, says WeChat, whatever our count says. */
const usedUpCode = 45029;

/**
 * Stops the account when WeChat has refused in a way that the next call would meet again; `stopFor` has the rule.
 *
 * People are told on the page and wherever else notifications go. Called by the gateway for every failed call, so that no service needs to.
 */
export async function noteRefusal(
  { db, clock }: { db: Context['db']; clock: Clock },
  accountId: string,
  error: WeChatError,
): Promise<void> {
  const now = clock.now();
  const stop = stopFor(error, now);
  if (!stop) return;
  await db.$transaction(async (tx) => {
    if (!(await writeStop(tx, accountId, stop, now))) return;
    if (stop.code === usedUpCode) await markUsedUp(tx, accountId, now);
    await recordAudit({ actor: { kind: 'system', name: 'wechat' } }, tx, {
      action: 'account.stop',
      target: { kind: 'account', id: accountId },
      accountId,
      details: { errcode: stop.code, errmsg: stop.message, until: stop.until?.toISOString() ?? null },
    });
    await notify(tx, {
      kind: 'account.stopped',
      accountId,
      data: { code: stop.code, until: stop.until?.toISOString() ?? null },
      href: '/quota',
      audience: { role: 'marketer' },
    });
  });
}
