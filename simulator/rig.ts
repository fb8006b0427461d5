import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Options, Simulator } from './server';

export const APP_ID = 'wx0123456789abcdef';
export const SECRET = '0123456789abcdef0123456789abcdef';
export const PUSH_TOKEN = 'pushtoken';
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

/** An answer of the platform or of the steering interface, as a test reads it. */
export type Json = Record<string, unknown> & {
  errcode?: number;
  errmsg?: string;
  access_token?: string;
  expires_in?: number;
  ticket?: string;
  url?: string;
  expire_seconds?: number;
};

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** The stand-in on a free port with one account, and short ways to call it: for tests. */
export async function startRig(options: Options = {}) {
  const simulator = new Simulator(options);
  const base = `http://127.0.0.1:${await simulator.listen(0)}`;
  const get = async (path: string): Promise<Json> => (await fetch(base + path)).json() as Promise<Json>;
  const post = async (path: string, body: unknown): Promise<Json> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return (await fetch(base + path, { method: 'POST', body: text })).json() as Promise<Json>;
  };
  const account = (settings: object = {}) =>
    post('/_sim/accounts', { appId: APP_ID, secret: SECRET, pushToken: PUSH_TOKEN, ...settings });
  const plainToken = (appId = APP_ID, secret = SECRET) =>
    get(`/cgi-bin/token?grant_type=client_credential&appid=${appId}&secret=${secret}`);
  const stableToken = (more: object = {}) =>
    post('/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid: APP_ID,
      secret: SECRET,
      ...more,
    });
  let cached = '';
  const token = async () => {
    cached ||= (await stableToken()).access_token ?? '';
    return cached;
  };
  const api = async (path: string, body: unknown) => post(`${path}?access_token=${await token()}`, body);
  const create = (body: unknown) => api('/cgi-bin/qrcode/create', body);
  return {
    simulator,
    base,
    get,
    post,
    account,
    plainToken,
    stableToken,
    token,
    api,
    create,
    read: async (path: string, query = '') => get(`${path}?access_token=${await token()}${query}`),
    permanent: (scene: number | string) =>
      create(
        typeof scene === 'number'
          ? { action_name: 'QR_LIMIT_SCENE', action_info: { scene: { scene_id: scene } } }
          : { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: scene } } },
      ),
    temporary: (scene: number | string, expireSeconds?: number) =>
      create({
        expire_seconds: expireSeconds,
        action_name: typeof scene === 'number' ? 'QR_SCENE' : 'QR_STR_SCENE',
        action_info: { scene: typeof scene === 'number' ? { scene_id: scene } : { scene_str: scene } },
      }),
    state: async (appId = APP_ID) => {
      const state = (await get('/_sim/state')) as unknown as State;
      return { ...state.accounts[appId], faults: state.faults };
    },
    close: () => simulator.close(),
  };
}

type State = {
  accounts: Record<
    string,
    {
      permanentInt: number;
      permanentStr: number;
      temporary: number;
      calls: Record<string, number>;
      refused: number;
      pushesDelivered: number;
      pushesFailed: number;
    }
  >;
  faults: Record<string, number>;
};

export type Pushed = { method: string; query: URLSearchParams; body: string };

/** An app's push address: keeps what came and answers what `reply` says. */
export async function startApp(
  reply: (pushed: Pushed, index: number) => { status?: number; body?: string } | null,
) {
  const pushes: Pushed[] = [];
  const server = createServer(async (request, response) => {
    const query = new URL(request.url ?? '/', 'http://app').searchParams;
    const pushed = { method: request.method ?? '', query, body: await bodyOf(request) };
    const answer = reply(pushed, pushes.push(pushed) - 1);
    // null: never answers.
    if (answer) response.writeHead(answer.status ?? 200).end(answer.body ?? 'success');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/push?keep=1`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, pushes, close };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

/** A clock that a test turns. */
export function handClock(start = Date.parse('2026-03-01T10:00:00+08:00')) {
  let now = start;
  return { clock: () => now, advance: (seconds: number) => (now += seconds * 1000) };
}
