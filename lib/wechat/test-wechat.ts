import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect } from 'vitest';
import { createWeChatClient, type WeChatClientOptions } from './client';
import { type SeenRequest, sendJson, startTestServer } from './test-server';
import { createMemoryTokenStore } from './token-store';
import { WeChatError } from './wechat-error';

// Importing this gives each test of the file a server of its own, with the usual answers in `routes`.

export const ticket =
  'gQF28DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyeEdaZVZCcU1jX0UxMDAwMHcwM2QAAgTjUxBjAwQAAAAA';
export const issued = { ticket, url: 'http://weixin.qq.com/q/02xGZeVBqMc_E10000w03d' };
export const secret = 's3cretS3cretS3cretS3cretS3cret32';

export type Handler = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

export let routes: Record<string, Handler>;
export let server: Awaited<ReturnType<typeof startTestServer>>;
export let tokensIssued: number;

beforeEach(async () => {
  tokensIssued = 0;
  const giveToken: Handler = (_request, response) => {
    tokensIssued += 1;
    sendJson(response, { access_token: `token-${tokensIssued}+/=`, expires_in: 7200 });
  };
  routes = {
    '/cgi-bin/stable_token': giveToken,
    '/cgi-bin/token': giveToken,
    '/cgi-bin/qrcode/create': (_request, response) => sendJson(response, issued),
  };
  server = await startTestServer(async (request, response) => {
    const handler = routes[request.url.pathname];
    if (handler) await handler(request, response);
    else response.writeHead(404).end('no such route');
  });
});

afterEach(() => server.close());

export function makeClient(options: Partial<WeChatClientOptions> = {}) {
  return createWeChatClient({
    appId: 'wx1234567890abcdef',
    appSecret: secret,
    tokenSource: { kind: 'stable' },
    tokenStore: createMemoryTokenStore(),
    apiBase: server.base,
    mpBase: server.base,
    timeoutMs: 2000,
    ...options,
  });
}

export const permanent = { kind: 'permanent', scene: { id: 7 } } as const;

export async function failure(promise: Promise<unknown>): Promise<WeChatError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WeChatError);
  return error as WeChatError;
}

export const callsTo = (path: string) => server.seen.filter((request) => request.url.pathname === path);
export const lastCall = (path: string) => callsTo(path).at(-1);
export const errcode = (code: number, errmsg: string) => (_request: SeenRequest, response: ServerResponse) =>
  sendJson(response, { errcode: code, errmsg });
