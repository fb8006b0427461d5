import type { RemedyKey, WeChatError } from '../wechat';
import { nextWeChatMidnight } from './wechat-day';

const createPath = '/cgi-bin/qrcode/create';
const taggingPaths: ReadonlySet<string> = new Set([
  '/cgi-bin/tags/create',
  '/cgi-bin/tags/get',
  '/cgi-bin/tags/members/batchtagging',
]);
const tokenPaths: ReadonlySet<string> = new Set(['/cgi-bin/token', '/cgi-bin/stable_token']);

/** Refusals that the next call would meet again. Of other endpoints they say nothing about issuing. */
const remedyByErrcode: Record<number, RemedyKey> = {
  40001: 'checkSecret',
  40013: 'checkAppId',
  40125: 'checkSecret',
  40164: 'whitelistIp',
  40243: 'unfreezeSecret',
  41002: 'checkAppId',
  41004: 'checkSecret',
  45009: 'waitNextDay',
  45029: 'capReached',
  48001: 'verifiedServiceAccountOnly',
  48004: 'accountRestricted',
  50001: 'verifiedServiceAccountOnly',
  50002: 'accountRestricted',
  61004: 'whitelistIp',
  61007: 'verifiedServiceAccountOnly',
  89501: 'confirmIp',
  89503: 'confirmIp',
  89506: 'confirmIp',
  89507: 'confirmIp',
};

export type Stop = { code: number; message: string; until: Date | null };

/**
 * Whether a refusal stops the account, and until when: a day's calls used up (45009) until the next midnight of UTC+8,
 * everything else until a person resumes it or a test of the connection goes well.
 */
export function stopFor(error: WeChatError, now: Date): Stop | null {
  const { errcode, path, errmsg, rid } = error;
  if (errcode === null || remedyByErrcode[errcode] === undefined) return null;
  const atToken = tokenPaths.has(path);
  if (!atToken && path !== createPath) return null;
  // A token that was refused at an API call has been taken over by another system: the credentials are right.
  if (!atToken && errcode === 40001) return null;
  const message = [errmsg, rid && `rid: ${rid}`].filter(Boolean).join(' ').slice(0, 600);
  return { code: errcode, message, until: errcode === 45009 ? nextWeChatMidnight(now) : null };
}

export type TaggingHold = { code: number; message: string; rid: string | null; until: Date | null };

/**
 * The same for the calls that tag followers: a refusal that every one of them would meet. It holds back tagging alone, and
 * the account goes on issuing. Too many calls a minute (45011) hold it back until the next one.
 */
export function taggingHoldFor({ errcode, path, errmsg, rid }: WeChatError, now: Date): TaggingHold | null {
  if (errcode === null || !taggingPaths.has(path) || errcode === 40001) return null;
  if (errcode !== 45011 && remedyByErrcode[errcode] === undefined) return null;
  const until =
    errcode === 45009
      ? nextWeChatMidnight(now)
      : errcode === 45011
        ? new Date(now.getTime() + (61 - now.getUTCSeconds()) * 1000)
        : null;
  return { code: errcode, message: (errmsg ?? '').slice(0, 500), rid, until };
}

/** Whether a stopped account may not be tagged for either; used up codes, or their calls of a day, say nothing of tags. */
export function holdsBackTagging(stop: { code: number; until: Date | null }, now: Date): boolean {
  return stop.code !== 45009 && stop.code !== 45029 && (stop.until === null || stop.until > now);
}

/** The company's token server, a proxy, the network: no fault of what is asked, and mended without touching it. */
export function isAboutServer({ kind, remedy }: WeChatError): boolean {
  return kind === 'tokenServer' || remedy === 'checkProxy' || remedy === 'checkNetwork';
}

export function remedyOfStop(code: number): RemedyKey {
  if (code === 45011) return 'waitNextMinute';
  return remedyByErrcode[code] ?? 'raiseIssueWithRid';
}

/** What a test of the connection proves mended; that permanent codes have run out, or a day's calls, it does not. */
export function isMendedByTest(code: number): boolean {
  return code !== 45009 && code !== 45029;
}

/**
 * Whether a code of this kind may be issued in spite of the stop. No permanent code left (45029) leaves temporary ones.
 */
export function holdsBack(stop: { code: number; until: Date | null }, kind: CodeKind, now: Date): boolean {
  if (stop.until !== null && stop.until <= now) return false;
  return stop.code !== 45029 || kind === 'permanent';
}

type CodeKind = 'temporary' | 'permanent';
