import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Clock, Context } from '../context';
import type { WeChatError } from '../wechat';
import { stopFor } from './stop-rule';
import { writeStop } from './store';

/**
 * Stops the account when WeChat has refused in a way that the next call would meet again; `stopFor` has the rule.
 *
 * Called by the gateway for every failed call, so that no service needs to.
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
    await recordAudit({ actor: { kind: 'system', name: 'wechat' } }, tx, {
      action: 'account.stop',
      target: { kind: 'account', id: accountId },
      accountId,
      details: { errcode: stop.code, errmsg: stop.message, until: stop.until?.toISOString() ?? null },
    });
  });
}
