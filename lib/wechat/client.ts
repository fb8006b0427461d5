import { createAccessToken, type TokenSource } from './access-token';
import { joinUrl, requireSafeUrl } from './base-url';
import type { ApiRequest, CallApi } from './call-api';
import {
  type CallbackCheck,
  type CallbackCheckRequest,
  checkCallback,
  getApiDomainIps,
  getCallbackIps,
} from './diagnostics';
import { tokenRefusedErrcodes } from './error-table';
import { fetchToken, type Observe, remoteHeaders } from './fetch-token';
import { createCode, type IssuedCode, type NewCode } from './qrcode';
import { type CallQuota, clearQuota, getCallQuota } from './quota';
import { type JsonObject, readJsonReply } from './reply';
import { sendRequest } from './request';
import { createScrub } from './scrub';
import { fetchQrcodeImage, type QrcodeImage } from './show-qrcode';
import { createTag, type FollowerTag, listTags, tagUsers } from './tags';
import type { TokenStore } from './token-store';
import { getUser, getUserSummary, type UserInfo, type UserSummaryRow } from './user-info';
import { alteredError, WeChatError, withMaybeDone } from './wechat-error';

const defaultTimeoutMs = 10_000;
const maxReplyBytes = 2 * 1024 * 1024;

export type CallReport = {
  path: string;
  ms: number;
  ok: boolean;
  errcode?: number;
  rid?: string;
};

export type WeChatClientOptions = {
  appId: string;
  /** Not needed with a remote token source. */
  appSecret: string | null;
  tokenSource: TokenSource;
  tokenStore: TokenStore;
  /** `https://api.weixin.qq.com`; https unless it is this machine. */
  apiBase: string;
  /** `https://mp.weixin.qq.com`; the same rule. */
  mpBase: string;
  /** For one exchange as a whole, default 10,000. A call that renews its token makes up to four. */
  timeoutMs?: number;
  fetch?: typeof fetch;
  clock?: () => Date;
  /** Told after every exchange, those for tokens included. What it throws is dropped. */
  onCall?: (report: CallReport) => void;
};

export interface WeChatClient {
  /**
   * Tests the credentials and tells until when the token holds; its value stays inside.
   *
   * `fresh` asks the token source even when a valid token is stored. Harmless with a stable or remote source; a plain
   * one retires the token that other systems use.
   */
  getAccessToken(options?: { fresh?: boolean }): Promise<{ expiresAt: Date }>;
  createCode(code: NewCode): Promise<IssuedCode>;
  showQrcode(ticket: string): Promise<QrcodeImage>;
  getCallQuota(path: string): Promise<CallQuota>;
  clearQuota(): Promise<void>;
  getUser(openid: string): Promise<UserInfo>;
  getUserSummary(begin: string, end: string): Promise<UserSummaryRow[]>;
  getApiDomainIps(): Promise<string[]>;
  getCallbackIps(): Promise<string[]>;
  checkCallback(request?: CallbackCheckRequest): Promise<CallbackCheck>;
  listTags(): Promise<(FollowerTag & { count: number })[]>;
  createTag(name: string): Promise<FollowerTag>;
  tagUsers(tagId: number, openids: readonly string[]): Promise<void>;
}

/**
 * A client for one official account.
 *
 * A token that WeChat refuses is renewed once and the call repeated once; nothing else is retried here, the error says
 * when the caller may. Each method throws `WeChatError`.
 *
 * @throws TypeError  an address that is neither https nor this machine, a header that HTTP does not allow, or no secret
 */
export function createWeChatClient(options: WeChatClientOptions): WeChatClient {
  const { appId, appSecret, tokenSource } = options;
  const apiBase = requireSafeUrl(options.apiBase, 'apiBase');
  const mpBase = requireSafeUrl(options.mpBase, 'mpBase').href;
  const clock = options.clock ?? (() => new Date());
  const http = { fetch: options.fetch ?? globalThis.fetch, timeoutMs: options.timeoutMs ?? defaultTimeoutMs };
  if (tokenSource.kind !== 'remote' && !appSecret) throw new TypeError('appSecret is missing');
  const lastingSecrets = [appSecret, ...remoteSecrets(tokenSource)];
  const scrub = createScrub(lastingSecrets);

  const observe: Observe = async (path, exchange) => {
    const startedAt = performance.now();
    const report = (outcome: Omit<CallReport, 'path' | 'ms'>) => {
      try {
        options.onCall?.({ path, ms: performance.now() - startedAt, ...outcome });
      } catch {
        // A listener's fault must not lose a ticket that WeChat has just issued.
      }
    };
    try {
      const result = await exchange();
      report({ ok: true });
      return result;
    } catch (error) {
      const { errcode, rid } = error instanceof WeChatError ? error : { errcode: null, rid: null };
      report({ ok: false, ...(errcode === null ? {} : { errcode }), ...(rid === null ? {} : { rid }) });
      throw error;
    }
  };

  const token = createAccessToken({
    sourceKind: tokenSource.kind,
    store: options.tokenStore,
    clock,
    fetchToken: () =>
      fetchToken({ source: tokenSource, appId, appSecret, apiBase, http, clock, scrub }, observe),
  });

  async function exchange(request: ApiRequest, accessToken: string): Promise<JsonObject> {
    const { path, query, body, personal = [] } = request;
    const url = joinUrl(apiBase, path, { access_token: accessToken, ...query });
    const scrubToo = createScrub([...lastingSecrets, accessToken, ...personal]);
    return observe(path, async () => {
      const reply = await sendRequest(http, { url, path, body, maxBytes: maxReplyBytes, scrub: scrubToo });
      return readJsonReply(reply, { path, at: 'api', scrub: scrubToo });
    });
  }

  const callApi: CallApi = async (request) => {
    try {
      const held = await token.current();
      try {
        return await exchange(request, held.value);
      } catch (error) {
        if (!isTokenRefused(error)) throw error;
      }
      const renewed = await token.renew(held.value);
      return await exchange(request, renewed.value);
    } catch (error) {
      if (!(error instanceof WeChatError)) throw error;
      if (tokenSource.kind === 'remote' && isTokenRefused(error)) {
        throw alteredError(error, { remedy: 'tokenServerStale' });
      }
      throw request.changes ? error : withMaybeDone(error, false);
    }
  };

  return {
    async getAccessToken({ fresh = false } = {}) {
      const stored = fresh ? await options.tokenStore.read() : null;
      const { expiresAt } = fresh ? await token.renew(stored?.value ?? null) : await token.current();
      return { expiresAt };
    },
    createCode: (code) => createCode(callApi, code),
    showQrcode: (ticket) =>
      observe('/cgi-bin/showqrcode', () => fetchQrcodeImage(http, mpBase, ticket, scrub)).catch(
        (error: unknown) => {
          throw error instanceof WeChatError ? withMaybeDone(error, false) : error;
        },
      ),
    getCallQuota: (path) => getCallQuota(callApi, path),
    clearQuota: () => clearQuota(callApi, appId),
    getUser: (openid) => getUser(callApi, openid),
    getUserSummary: (begin, end) => getUserSummary(callApi, begin, end),
    getApiDomainIps: () => getApiDomainIps(callApi),
    getCallbackIps: () => getCallbackIps(callApi),
    checkCallback: (request) => checkCallback(callApi, request),
    listTags: () => listTags(callApi),
    createTag: (name) => createTag(callApi, name),
    tagUsers: (tagId, openids) => tagUsers(callApi, tagId, openids),
  };
}

function isTokenRefused(error: unknown): boolean {
  if (!(error instanceof WeChatError) || error.kind !== 'api' || error.errcode === null) return false;
  return tokenRefusedErrcodes.has(error.errcode);
}

/** A token server's url may hold a key in its query: that is a secret too. */
function remoteSecrets(source: TokenSource): string[] {
  if (source.kind !== 'remote') return [];
  remoteHeaders(source);
  const url = requireSafeUrl(source.url, 'tokenSource.url');
  const values = [...url.searchParams.values()].filter((value) => value.length >= 6);
  return [...(source.headerValue ? [source.headerValue] : []), ...values];
}
