import { isIP } from 'node:net';
import { type RemedyKey, type Retry, ruleForErrcode } from './error-table';
import type { Scrub } from './scrub';

/** Every way in which a call can fail. */
export const weChatErrorKinds = [
  'api',
  'timeout',
  'network',
  'cutReply',
  'notJson',
  'htmlPage',
  'httpStatus',
  'redirect',
  'tooLarge',
  'ticketUnknown',
  'badReply',
  'tokenServer',
] as const;

export type WeChatErrorKind = (typeof weChatErrorKinds)[number];

export type WeChatErrorFields = {
  kind: WeChatErrorKind;
  path: string;
  retry: Retry;
  remedy: RemedyKey;
  maybeDone: boolean;
  errcode?: number | null;
  errmsg?: string | null;
  rid?: string | null;
  httpStatus?: number | null;
  blockedIp?: string | null;
  tokenServerProblem?: Exclude<WeChatErrorKind, 'tokenServer'> | null;
  cause?: unknown;
};

// A bundler may load this library twice in one process; an error of one copy is an error to the other.
const brand = Symbol.for('qudao.wechat-error');

/**
 * The one error of this library's calls.
 *
 * It never holds an access token, an app secret or a token server's header: message, errmsg and cause are scrubbed.
 */
export class WeChatError extends Error {
  override readonly name = 'WeChatError';
  readonly [brand] = true;
  readonly kind: WeChatErrorKind;
  /** WeChat's number, when it answered with one. */
  readonly errcode: number | null;
  /** WeChat's own words, without the rid. */
  readonly errmsg: string | null;
  /** What WeChat's support asks for. Its first eight hex digits are the unix time of the call. */
  readonly rid: string | null;
  readonly httpStatus: number | null;
  /** The path that was called; of a company's token server its origin only. */
  readonly path: string;
  readonly retry: Retry;
  readonly remedy: RemedyKey;
  /** The address that WeChat saw and does not let in (40164 and its kin). */
  readonly blockedIp: string | null;
  /** The request may have been carried out although its answer was lost: what it made may exist at WeChat. */
  readonly maybeDone: boolean;
  /** Of kind `tokenServer`: what went wrong there. */
  readonly tokenServerProblem: Exclude<WeChatErrorKind, 'tokenServer'> | null;

  constructor(message: string, fields: WeChatErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.kind = fields.kind;
    this.errcode = fields.errcode ?? null;
    this.errmsg = fields.errmsg ?? null;
    this.rid = fields.rid ?? null;
    this.httpStatus = fields.httpStatus ?? null;
    this.path = fields.path;
    this.retry = fields.retry;
    this.remedy = fields.remedy;
    this.blockedIp = fields.blockedIp ?? null;
    this.maybeDone = fields.maybeDone;
    this.tokenServerProblem = fields.tokenServerProblem ?? null;
  }

  /** True of another copy's errors too. */
  static override [Symbol.hasInstance](value: unknown): value is WeChatError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}

/**
 * The same error with a different word on whether the request may have been carried out.
 *
 * A token that could not be had means that the call behind it was never sent.
 */
export function withMaybeDone(error: WeChatError, maybeDone: boolean): WeChatError {
  return error.maybeDone === maybeDone ? error : alteredError(error, { maybeDone });
}

/** A copy with other fields. (Spread alone would lose `cause`, which is not enumerable.) */
export function alteredError(
  error: WeChatError,
  fields: Partial<WeChatErrorFields>,
  message = error.message,
): WeChatError {
  return new WeChatError(message, { ...error, cause: error.cause, ...fields });
}

/** Turns `{errcode, errmsg}` into an error. `at` tells the token endpoints, where 40001 means wrong credentials. */
export function apiError(
  answer: { errcode: number; errmsg: string; httpStatus: number },
  path: string,
  at: 'token' | 'api',
  scrub: Scrub,
): WeChatError {
  const { text, rid } = splitRid(answer.errmsg);
  const errmsg = scrub(text).slice(0, 500);
  const { errcode, httpStatus } = answer;
  const words = [`WeChat answered ${errcode} to ${path}`, errmsg && `: ${errmsg}`, rid && ` (rid ${rid})`];
  return new WeChatError(words.filter(Boolean).join(''), {
    kind: 'api',
    path,
    errcode,
    errmsg,
    rid,
    httpStatus,
    ...ruleForErrcode(errcode, at),
    blockedIp: findBlockedIp(errcode, text),
    // "System busy" comes from within WeChat and does not say how far it had got; every other errcode is a refusal.
    maybeDone: errcode === -1,
  });
}

/** The rid stands at the end of errmsg (`hint: [...]` before mid-2020). */
export function splitRid(errmsg: string): { text: string; rid: string | null } {
  const found = /\s*(?:rid:\s*([0-9a-f]{4,16}(?:-[0-9a-f]{4,16}){1,4})|hint:\s*\[([^\]]{1,100})\])/i.exec(
    errmsg,
  );
  if (!found) return { text: errmsg.trim(), rid: null };
  return { text: errmsg.replace(found[0], '').trim(), rid: found[1] ?? found[2] ?? null };
}

/** 40164 reads `invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist`. */
function findBlockedIp(errcode: number, errmsg: string): string | null {
  if (![40164, 61004, 89501, 89503, 89506, 89507].includes(errcode)) return null;
  const candidates = errmsg.match(/[0-9a-f.:]{2,45}/gi) ?? [];
  return candidates.map((text) => text.replace(/[.:]+$/, '')).find((text) => isIP(text) !== 0) ?? null;
}
