import type { CallApi } from './call-api';
import { badReply, isObject, readNumber } from './reply';

export type CallQuota = { dailyLimit: number; used: number; remaining: number };

/**
 * Today's calls of one endpoint, such as `/cgi-bin/qrcode/create`.
 *
 * Calls only: how many permanent codes are left, no endpoint tells.
 *
 * @throws WeChatError  errcode 76021 for an unknown path, 76003 for a malformed one
 */
export async function getCallQuota(callApi: CallApi, cgiPath: string): Promise<CallQuota> {
  const path = '/cgi-bin/openapi/quota/get';
  const answer = await callApi({ path, body: { cgi_path: cgiPath } });
  const quota = isObject(answer.quota) ? answer.quota : {};
  const dailyLimit = readNumber(quota, 'daily_limit');
  const used = readNumber(quota, 'used');
  if (dailyLimit === null || used === null) throw badReply(path, 'holds no quota');
  return { dailyLimit, used, remaining: readNumber(quota, 'remain') ?? Math.max(0, dailyLimit - used) };
}

/** Sets all of today's call counters to zero. WeChat allows it 10 times a month (then errcode 48006). */
export async function clearQuota(callApi: CallApi, appId: string): Promise<void> {
  await callApi({ path: '/cgi-bin/clear_quota', body: { appid: appId }, changes: true });
}
