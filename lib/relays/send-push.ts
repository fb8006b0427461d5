import 'server-only';
import { sqlOf } from '../db/sql';
import type { DeliverySender } from '../deliveries/sender';
import { appSecret } from '../env';
import { excerptOf, type OutgoingResult, sendRequest } from '../outgoing/send-request';
import { unseal } from '../secrets';
import { type PushReceiver, sealPush } from '../wechat';
import { findTarget, type RelayTarget } from './store';

/** A push on its way to another system: what it takes to write it as WeChat would. */
export type RelayedPush = { xml: string; openid: string; accountUserName: string };

export const tokenPlace = (relayId: string) => `relay:${relayId}:token`;
export const keyPlace = (relayId: string) => `relay:${relayId}:encodingAesKey`;

/** Of an answer, more is not read: WeChat takes no more either. */
const maxAnswerBytes = 64 * 1024;

/** A relay's own token and key, opened. */
export function receiverOf({
  id,
  mode,
  appId,
  tokenSealed,
  encodingAesKeySealed,
}: RelayTarget): PushReceiver {
  const encodingAesKey =
    encodingAesKeySealed === null ? null : unseal(appSecret(), keyPlace(id), encodingAesKeySealed);
  return { token: unseal(appSecret(), tokenPlace(id), tokenSealed), encodingAesKey, appId, mode };
}

/** Sends a push to another system, sealed for it as of now. */
export function sendPush(
  target: RelayTarget,
  push: RelayedPush,
  { now, timeoutMs, signal }: { now: Date; timeoutMs?: number; signal?: AbortSignal },
): Promise<OutgoingResult> {
  const { query, body } = sealPush(receiverOf(target), { ...push, now });
  const url = new URL(target.url);
  for (const [name, value] of query) url.searchParams.set(name, value);
  return sendRequest({
    url: url.href,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body,
    allowHttp: target.allowPrivate,
    allowPrivate: target.allowPrivate,
    ...{ timeoutMs, signal, maxAnswerBytes },
  });
}

/** Sends what waits for another system; what it replies by now goes nowhere. */
export const relaySender: DeliverySender = {
  async send(ctx, { targetId, payload }, signal) {
    const target = await findTarget(sqlOf(ctx.db), targetId);
    if (!target?.enabled) return { ok: false, status: null, error: 'targetGone', retry: false };
    const push = JSON.parse(payload) as RelayedPush;
    const result = await sendPush(target, push, { now: ctx.clock.now(), signal });
    if (!result.ok) return { ok: false, status: null, error: result.error, retry: true };
    const { status, body, headers } = result.answer;
    const answer = excerptOf(body);
    if (status >= 200 && status < 300) return { ok: true, status, answer };
    const retryAfterSeconds = Number(headers['retry-after']) || undefined;
    return { ok: false, status, error: 'status', answer, retry: status !== 410, retryAfterSeconds };
  },
};
