import type { HttpReply } from './request';
import type { Scrub } from './scrub';
import { apiError, WeChatError, type WeChatErrorFields } from './wechat-error';

export type JsonObject = Record<string, unknown>;

type ReplyContext = { path: string; at: 'token' | 'api'; scrub: Scrub };

/**
 * Reads a JSON object out of an answer, whatever its Content-Type says: WeChat sends text/plain and `encoding=utf-8`.
 *
 * Raw control characters, which user data may carry into strings, are dropped.
 *
 * @throws WeChatError api (errcode other than 0) | httpStatus | htmlPage | notJson | badReply (JSON, but no object)
 */
export function readJsonReply(reply: HttpReply, context: ReplyContext): JsonObject {
  const { path, at, scrub } = context;
  const httpStatus = reply.status;
  const text = new TextDecoder().decode(reply.bytes);
  const fail = (
    message: string,
    fields: Pick<WeChatErrorFields, 'kind' | 'remedy' | 'retry' | 'maybeDone'>,
  ) => new WeChatError(message, { ...fields, path, httpStatus });

  const value = parseJson(text);
  if (isObject(value)) {
    const errcode = readErrcode(value);
    if (errcode !== null && errcode !== 0) {
      const errmsg = typeof value.errmsg === 'string' ? value.errmsg : '';
      throw apiError({ errcode, errmsg, httpStatus }, path, at, scrub);
    }
  }
  const failed = httpStatus < 200 || httpStatus > 299;
  const retry = httpStatus >= 500 || httpStatus === 429 ? 'later' : 'no';
  // A gateway that gives up (5xx) may have passed the request on before; one that refuses (4xx) has not.
  const maybeDone = !failed || httpStatus >= 500;
  if (value === undefined && looksLikeHtml(text)) {
    const title = findTitle(text, scrub);
    throw fail(
      `An HTML page came instead of the answer of ${path} (HTTP ${httpStatus})${title ? `: "${title}"` : ''}`,
      { kind: 'htmlPage', remedy: 'checkProxy', retry: failed ? retry : 'later', maybeDone },
    );
  }
  if (failed) {
    const remedy = retry === 'later' ? 'tryAgain' : 'checkProxy';
    throw fail(`${path} answered HTTP ${httpStatus}`, { kind: 'httpStatus', remedy, retry, maybeDone });
  }
  if (value === undefined) {
    const what = text.trim() === '' ? 'is empty' : `(${reply.bytes.byteLength} bytes) is not JSON`;
    throw fail(`The answer of ${path} ${what}`, {
      kind: 'notJson',
      remedy: 'tryAgain',
      retry: 'later',
      maybeDone,
    });
  }
  if (!isObject(value)) throw badReply(path, 'is JSON but not an object', true, httpStatus);
  return value;
}

/** The answer is well-formed but lacks what it must hold. `maybeDone`: the call was one that changes something. */
export function badReply(path: string, problem: string, maybeDone = false, httpStatus = 200): WeChatError {
  return new WeChatError(`The answer of ${path} ${problem}`, {
    kind: 'badReply',
    path,
    httpStatus,
    retry: 'no',
    remedy: 'raiseIssueWithRid',
    maybeDone,
  });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readText(object: JsonObject, key: string): string | null {
  const value = object[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function readNumber(object: JsonObject, key: string): number | null {
  const value = object[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function readObjects(object: JsonObject, key: string): JsonObject[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function readTexts(object: JsonObject, key: string): string[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function readErrcode(value: JsonObject): number | null {
  const { errcode } = value;
  if (typeof errcode === 'number' && Number.isInteger(errcode)) return errcode;
  // Seen from gateways that stringify numbers.
  return typeof errcode === 'string' && /^-?\d{1,9}$/.test(errcode) ? Number(errcode) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(text.replace(/\p{Cc}/gu, ''));
    } catch {
      return undefined;
    }
  }
}

function looksLikeHtml(text: string): boolean {
  return /^\s*(<!--|<\?xml|<!doctype|<(html|head|body|title|script|meta)\b)/i.test(text.slice(0, 1000));
}

function findTitle(text: string, scrub: Scrub): string | null {
  const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(text.slice(0, 20_000))?.[1];
  return title ? scrub(title).replace(/\s+/g, ' ').trim().slice(0, 80) : null;
}
