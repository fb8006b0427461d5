import { readdirSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { createApiKey } from '@/lib/api-keys/create-api-key';
import type { KeyScope } from '@/lib/api-keys/types';
import { openTestBench, type TestBench } from '@/lib/codes/test-bench';
import type { Actor, Context } from '@/lib/context';
import { createDocument } from '@/lib/openapi/document';
import type { ApiHandler } from '@/lib/web/api-route';
import { createAnswerChecker } from './answer-checker';

const shared = vi.hoisted(() => {
  process.env.APP_SECRET = 'a secret for tests, 32 characters or more';
  process.env.LOG_LEVEL = 'silent';
  return {
    contextFor: undefined as undefined | ((actor: Actor) => Context),
    session: { kind: 'stranger' } as Actor,
  };
});

function contextFor(actor: Actor): Context {
  if (!shared.contextFor) throw new Error('the test has not begun yet');
  return shared.contextFor(actor);
}

vi.mock('@/lib/runtime', () => ({
  contextFor: async (actor: Actor) => contextFor(actor),
  systemContext: async (name: string) => contextFor({ kind: 'system', name }),
}));
vi.mock('@/lib/web/session', () => ({ currentActor: async () => shared.session }));

export type Sent = {
  key?: string | null;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: BodyInit;
  headers?: Record<string, string>;
};

// biome-ignore lint/suspicious/noExplicitAny: what was answered is looked at, not typed
export type Received = { status: number; headers: Headers; body: any; bytes: Uint8Array };

const apiFolder = path.join(process.cwd(), 'app', 'api');

/** Every file of a route under app/api/v1, with the path that Next serves it at, in the spelling of the document. */
export function listRouteFiles(): { file: string; template: string }[] {
  return readdirSync(path.join(apiFolder, 'v1'), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts')
    .map((file) => ({
      file: path.join(apiFolder, 'v1', file),
      template: `/api/v1/${path.dirname(file)}`.replace(/\[(\w+)\]/g, '{$1}'),
    }));
}

/**
 * The REST interface without Next: the real routes, services and database, and the stand-in WeChat over HTTP. Every answer is
 * checked against the document.
 */
export async function createTestRest() {
  const bench: TestBench = await openTestBench();
  let now: (() => Date) | null = null;
  shared.contextFor = (actor) => ({
    ...bench.contextAs(actor),
    ...(now ? { clock: { now } } : {}),
  });
  const checker = createAnswerChecker(createDocument());
  const routes = listRouteFiles()
    .filter(({ template }) => !template.includes('...'))
    .concat({
      file: path.join(apiFolder, 'codes', '[codeId]', 'image', 'route.ts'),
      template: '/api/codes/{codeId}/image',
    })
    // A written-out segment goes before a parameter, as in Next.
    .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  const unknown = path.join(apiFolder, 'v1', '[[...path]]', 'route.ts');

  async function makeKey(scope: KeyScope, accountIds: 'all' | string[] = 'all') {
    const { apiKey, key } = await createApiKey(bench.system, {
      name: `${scope} key`,
      scope,
      allAccounts: accountIds === 'all',
      accountIds: accountIds === 'all' ? [] : accountIds,
    });
    return { id: apiKey.id, key };
  }
  const adminKey = (await makeKey('admin')).key;

  async function send(method: string, address: string, sent: Sent = {}): Promise<Received> {
    const { key = adminKey, body, raw, headers = {} } = sent;
    const url = new URL(address, 'http://localhost:3000');
    const request = new Request(url, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? raw : JSON.stringify(body),
      ...(raw instanceof ReadableStream ? { duplex: 'half' } : {}),
    } as RequestInit);
    const found = routes.flatMap(({ file, template }) => {
      const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const match = new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`).exec(
        url.pathname,
      );
      if (!match) return [];
      const values = match.slice(1).map(decodeURIComponent);
      return [{ file, params: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])) }];
    });
    const { file, params } = found[0] ?? { file: unknown, params: {} };
    const handlers = (await import(file)) as Record<string, ApiHandler>;
    const handler = handlers[method];
    if (!handler) throw new Error(`${file} exports no ${method}`);
    const response = await handler(request, { params: Promise.resolve(params) });
    return receive(method, url, response);
  }

  async function receive(method: string, url: URL, response: Response): Promise<Received> {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const type = response.headers.get('content-type');
    const body = type?.includes('json') ? JSON.parse(new TextDecoder().decode(bytes)) : null;
    const pathname = url.pathname.replace(/^\/api\/codes\//, '/api/v1/codes/');
    if (response.status !== 204) checker.check(method, pathname, { status: response.status, type, body });
    return { status: response.status, headers: response.headers, body, bytes };
  }

  return {
    bench,
    checker,
    send,
    makeKey,
    adminKey,
    /** Who sits at the browser whose cookie comes with requests that bring no key. */
    signIn(actor: Actor) {
      shared.session = actor;
    },
    setClock(clock: (() => Date) | null) {
      now = clock;
    },
    close: () => bench.close(),
  };
}

export type TestRest = Awaited<ReturnType<typeof createTestRest>>;
