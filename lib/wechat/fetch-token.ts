import type { TokenSource } from './access-token';
import { joinUrl, requireSafeUrl } from './base-url';
import { badReply, type JsonObject, readJsonReply, readNumber, readText } from './reply';
import { type HttpOptions, type HttpReply, sendRequest } from './request';
import type { Scrub } from './scrub';
import type { StoredToken } from './token-store';
import { alteredError, WeChatError } from './wechat-error';

const maxReplyBytes = 64 * 1024;
/** For a token server that does not say how long its token lives: ask again soon. */
const unknownLifeSeconds = 60;

export type FetchTokenOptions = {
  source: TokenSource;
  appId: string;
  appSecret: string | null;
  apiBase: URL;
  http: HttpOptions;
  clock: () => Date;
  scrub: Scrub;
};

/**
 * Asks the token source once.
 *
 * @throws WeChatError  from WeChat: api (40001 here means a wrong secret, 40164 shows the IP to whitelist) or the
 *   transport's kinds; from a token server always `tokenServer`, with `tokenServerProblem`
 */
export async function fetchToken(options: FetchTokenOptions, observe: Observe): Promise<StoredToken> {
  if (options.source.kind === 'remote') return fetchRemoteToken(options.source, options, observe);
  const { source, appId, appSecret, apiBase, http, clock, scrub } = options;
  const credentials = { grant_type: 'client_credential', appid: appId, secret: appSecret ?? '' };
  const path = source.kind === 'stable' ? '/cgi-bin/stable_token' : '/cgi-bin/token';
  // force_refresh stays off: it would retire the token that other systems share, and is allowed 20 times a day.
  const target =
    source.kind === 'stable'
      ? { url: joinUrl(apiBase, path), body: { ...credentials, force_refresh: false } }
      : { url: joinUrl(apiBase, path, credentials) };
  return observe(path, async () => {
    const reply = await sendRequest(http, { ...target, path, maxBytes: maxReplyBytes, scrub });
    const answer = readJsonReply(reply, { path, at: 'token', scrub });
    const value = readText(answer, 'access_token');
    const lifeSeconds = readNumber(answer, 'expires_in');
    if (!value || lifeSeconds === null) throw badReply(path, 'holds no access_token');
    return toStoredToken(value, lifeSeconds, clock());
  });
}

/** Wraps one exchange, so that its length and outcome can be told to `onCall`. */
export type Observe = <T>(path: string, exchange: () => Promise<T>) => Promise<T>;

async function fetchRemoteToken(
  source: TokenSource & { kind: 'remote' },
  options: FetchTokenOptions,
  observe: Observe,
): Promise<StoredToken> {
  const { http, clock, scrub } = options;
  const url = requireSafeUrl(source.url, 'tokenSource.url');
  const path = url.origin;
  const headers = remoteHeaders(source);
  return observe(path, async () => {
    try {
      const reply = await sendRequest(http, { url, path, headers, maxBytes: maxReplyBytes, scrub });
      return readRemoteAnswer(reply, { path, now: clock(), scrub });
    } catch (error) {
      throw error instanceof WeChatError ? toTokenServerError(error) : error;
    }
  });
}

function readRemoteAnswer(reply: HttpReply, context: { path: string; now: Date; scrub: Scrub }): StoredToken {
  const { path, now, scrub } = context;
  const answer = readJsonReply(reply, { path, at: 'token', scrub });
  const value =
    readText(answer, 'access_token') ?? readText(answer, 'accessToken') ?? readText(answer, 'token');
  if (!value) throw badReply(path, 'holds neither access_token nor token');
  const lifeSeconds = readLife(answer);
  if (lifeSeconds <= 0) throw badReply(path, 'holds a token that has already expired');
  return toStoredToken(value, lifeSeconds, now);
}

function readLife(answer: JsonObject): number {
  const value = answer.expires_in ?? answer.expiresIn;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : unknownLifeSeconds;
}

/** An answer may not keep a token for ever: WeChat's own live 7,200 s at most. */
function toStoredToken(value: string, lifeSeconds: number, now: Date): StoredToken {
  return { value, expiresAt: new Date(now.getTime() + Math.min(lifeSeconds, 7200) * 1000) };
}

function toTokenServerError(error: WeChatError): WeChatError {
  if (error.kind === 'tokenServer') return error;
  const headerRefused = error.httpStatus === 401 || error.httpStatus === 403;
  const remedy = headerRefused ? 'checkTokenServerHeader' : 'checkTokenServer';
  const message = `Token server: ${error.message}`;
  return alteredError(error, { kind: 'tokenServer', tokenServerProblem: error.kind, remedy }, message);
}

/** @throws TypeError  a header that HTTP does not allow; its value is not quoted */
export function remoteHeaders(source: TokenSource & { kind: 'remote' }): Record<string, string> {
  if (!source.headerValue) return {};
  const name = source.headerName || 'Authorization';
  try {
    new Headers([[name, source.headerValue]]);
  } catch {
    throw new TypeError('tokenSource.headerName or headerValue is not a valid HTTP header');
  }
  return { [name]: source.headerValue };
}
