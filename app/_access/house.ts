import type { createTranslator as CreateTranslator } from 'next-intl';
import { vi } from 'vitest';
import { openTestBench, type TestBench } from '@/lib/codes/test-bench';
import type { Actor, Context, WeChatGateway } from '@/lib/context';
import { openSession, toUserActor } from '@/lib/people/sessions';
import type { UserRole } from '@/lib/people/types';
import { writeSessionCookie } from '@/lib/web/session-cookie';

const shared = vi.hoisted(() => {
  process.env.APP_SECRET = 'a secret for tests, 32 characters or more';
  process.env.LOG_LEVEL ??= 'silent';
  return {
    contextFor: undefined as undefined | ((actor: Actor) => Context),
    database: undefined as undefined | TestBench['database'],
    /** The cookies of the one browser. */
    jar: new Map<string, string>(),
    headers: {} as Record<string, string>,
  };
});

function contextFor(actor: Actor): Context {
  if (!shared.contextFor) throw new Error('the test has not begun yet');
  return shared.contextFor(actor);
}

vi.mock('@/lib/runtime', () => ({
  contextFor: async (actor: Actor) => contextFor(actor),
  systemContext: async (name: string) => contextFor({ kind: 'system', name }),
  startRuntime: async () => ({ database: shared.database }),
}));
// What Next gives within a request, and nowhere else.
vi.mock('next/headers', () => ({
  headers: async () => new Headers(shared.headers),
  cookies: async () => ({
    get(name: string) {
      const value = shared.jar.get(name);
      return value ? { name, value } : undefined;
    },
    set: (name: string, value: string) => void shared.jar.set(name, value),
  }),
}));
vi.mock('next/cache', () => ({ refresh: () => undefined }));
vi.mock('next/server', () => ({ connection: async () => undefined }));
// Outside a React server bundle the package offers stubs that throw.
vi.mock('next-intl/server', async () => {
  const { createTranslator } = await vi.importActual<{ createTranslator: typeof CreateTranslator }>(
    'next-intl',
  );
  const { loadMessages } = await import('@/lib/i18n/load-messages');
  return {
    getLocale: async () => 'en',
    getTranslations: async (namespace: 'common') =>
      createTranslator({ locale: 'en', messages: await loadMessages('en'), namespace }),
  };
});

const roles = ['viewer', 'marketer', 'admin'] as const;

/**
 * The whole house without Next's server: real services, sessions and cookies on a real database, the stand-in WeChat over HTTP,
 * and one browser whose cookies the tests choose.
 */
export async function openHouse() {
  const bench: TestBench = await openTestBench();
  shared.database = bench.database;
  let wechat: WeChatGateway | null = null;
  const contextAs = (actor: Actor): Context => {
    const ctx = bench.contextAs(actor);
    return wechat ? { ...ctx, wechat } : ctx;
  };
  shared.contextFor = contextAs;
  let people = 0;

  /** A person with a session, and their browser's cookie. */
  async function addPerson(role: UserRole, accountIds: 'all' | string[] = 'all') {
    const all = accountIds === 'all';
    const select = { id: true, name: true, email: true, role: true, allAccounts: true } as const;
    const user = await bench.db.user.create({
      data: {
        email: `${role}-${++people}@example.com`,
        name: `${role} ${people}`,
        role,
        allAccounts: all,
        grants: all ? {} : { createMany: { data: accountIds.map((accountId) => ({ accountId })) } },
      },
      select,
    });
    const grants = all ? [] : accountIds.map((accountId) => ({ accountId }));
    return {
      ...user,
      /** A new session for them in the browser, as after signing in. */
      async signIn(): Promise<Context> {
        const device = { ipAddress: '192.0.2.1', userAgent: 'test' };
        const sessionId = await openSession(bench.system, bench.db, { ...user, grants }, device, 'password');
        shared.jar.clear();
        await writeSessionCookie(sessionId);
        return contextAs(toUserActor({ ...user, grants }, sessionId));
      },
    };
  }

  return {
    bench,
    roles,
    jar: shared.jar,
    headers: shared.headers,
    addPerson,
    /** Puts another WeChat in the place of the stand-in. */
    callInstead(gateway: WeChatGateway) {
      wechat = gateway;
    },
    signOut(): Context {
      shared.jar.clear();
      return contextAs({ kind: 'stranger' });
    },
    close: () => bench.close(),
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

/** What came of asking, in a word: a code of lib/errors, `done`, `redirect /sign-in`, or `crash: …`. */
export async function outcomeOf(ask: () => unknown): Promise<string> {
  try {
    return nameAnswer(await ask());
  } catch (error) {
    const { code, digest, message } = error as { code?: string; digest?: string; message?: string };
    if (typeof digest === 'string') {
      const [kind, , target] = digest.split(';');
      if (kind === 'NEXT_REDIRECT') return `redirect ${target}`;
      if (digest === 'NEXT_HTTP_ERROR_FALLBACK;404') return 'NOT_FOUND';
    }
    const isAppError = error instanceof Error && error.name === 'AppError';
    return isAppError && code ? code : `crash: ${message}`;
  }
}

async function nameAnswer(answer: unknown): Promise<string> {
  if (answer instanceof Response) {
    if (answer.status < 400) return 'done';
    const text = await answer.clone().text();
    return text.startsWith('{')
      ? ((JSON.parse(text) as { code?: string }).code ?? String(answer.status))
      : String(answer.status);
  }
  if (typeof answer === 'object' && answer !== null && 'error' in answer) {
    const { error } = answer as { error: { code?: string } | null };
    if (error && typeof error.code === 'string') return error.code;
  }
  return 'done';
}

/** Any exports of a file of the house. */
export async function load(file: string): Promise<Record<string, (...given: unknown[]) => unknown>> {
  return import(/* @vite-ignore */ file);
}
