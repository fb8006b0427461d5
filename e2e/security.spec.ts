import type { Page } from '@playwright/test';
import { type DemoApp, expect, test } from './harness/demo-app';
import { invite, passwordFor } from './harness/people';
import { type RawRequest, rawRequest } from './harness/raw-request';
import { acceptLink, expectSignedIn, signInWithPassword, signOut } from './harness/sign-in';
import { type Texts, texts } from './harness/texts';

const stranger = 'evil.example';

/** The options of a context without anybody's cookies, whatever the test's own page has. */
const nobody = { locale: 'en', storageState: { cookies: [], origins: [] } };

test.use({ locale: 'en' });

function cookieHeader({ admin }: DemoApp): string {
  return admin.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

test.describe('a forged Host or Origin', () => {
  /** What a browser would send along for the admin, from a page of somebody else. */
  const attempts: Record<string, (demo: DemoApp) => RawRequest & { status: number }> = {
    'a page under another name': () => ({ path: '/codes', headers: { host: stranger }, status: 421 }),
    'a picture under another name': () => ({
      path: '/api/codes/00000000-0000-4000-8000-000000000000/image',
      headers: { host: stranger },
      status: 421,
    }),
    'a Host that holds more than a name': ({ url }) => ({
      path: '/',
      headers: { host: `${new URL(url).host}@${stranger}` },
      status: 421,
    }),
    'an action from another page': ({ url }) => ({
      method: 'POST',
      path: '/campaigns',
      headers: { origin: `http://${stranger}`, 'next-action': 'x'.repeat(42), host: new URL(url).host },
      status: 403,
    }),
    'an action from a page without an origin': () => ({
      method: 'POST',
      path: '/campaigns',
      headers: { origin: 'null', 'next-action': 'x'.repeat(42) },
      status: 403,
    }),
    'an action under another name': () => ({
      method: 'POST',
      path: '/campaigns',
      headers: { origin: `http://${stranger}`, host: stranger },
      status: 421,
    }),
    'the sign-in of next-auth from another page': () => ({
      method: 'POST',
      path: '/api/auth/signout',
      headers: { origin: `http://${stranger}` },
      status: 403,
    }),
    'REST with the cookie of a person and no key': () => ({ path: '/api/v1/codes', status: 401 }),
    'REST that changes something with that cookie': ({ url }) => ({
      method: 'POST',
      path: '/api/v1/campaigns',
      headers: { origin: url, 'content-type': 'application/json' },
      body: '{"name":"forged"}',
      status: 401,
    }),
  };

  for (const [what, attemptOf] of Object.entries(attempts)) {
    test(what, async ({ demo }) => {
      const { status, headers, ...attempt } = attemptOf(demo);
      const answer = await rawRequest(demo.url, {
        ...attempt,
        headers: { cookie: cookieHeader(demo), ...headers },
      });
      expect(answer.status, answer.body).toBe(status);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    });
  }

  test('another name of this machine leads to the one that cookies are for', async ({ demo }) => {
    const answer = await rawRequest(demo.url, {
      path: '/codes?kind=permanent',
      headers: { host: `127.0.0.1:${new URL(demo.url).port}` },
    });
    expect(answer.status).toBe(307);
    expect(answer.headers.location).toBe(`${demo.url}/codes?kind=permanent`);
  });

  test('no answer repeats a forged name', async ({ demo }) => {
    for (const path of ['/', '/sign-in', '/api/auth/signin', '/api/v1/codes', '/api/health/live']) {
      const answer = await rawRequest(demo.url, {
        path,
        headers: {
          'x-forwarded-host': stranger,
          'x-forwarded-proto': 'https',
          forwarded: `host=${stranger}`,
          'x-original-host': stranger,
        },
      });
      expect(answer.status, path).toBeLessThan(500);
      expect(JSON.stringify(answer), path).not.toContain(stranger);
    }
    const { status, body, headers } = await rawRequest(demo.url, {
      path: '/api/v1/codes',
      headers: { host: stranger, origin: `http://${stranger}` },
    });
    expect([401, 421]).toContain(status);
    expect(JSON.stringify({ body, headers })).not.toContain(stranger);
  });

  test('nobody is led away from here after signing in', async ({ demo }) => {
    for (const next of [
      `//${stranger}`,
      `https://${stranger}/`,
      `/\\${stranger}`,
      `/%09/${stranger}`,
      `${demo.url}@${stranger}`,
    ]) {
      for (const name of ['next', 'callbackUrl']) {
        const answer = await rawRequest(demo.url, {
          path: `/sign-in?${new URLSearchParams({ [name]: next })}`,
          headers: { cookie: cookieHeader(demo) },
        });
        expect(answer.status).toBe(307);
        const target = new URL(String(answer.headers.location), demo.url);
        expect(target.origin, next).toBe(demo.url);
        expect(target.pathname, next).not.toMatch(/^\/\//);
      }
    }
  });
});

test('the Content-Security-Policy has a nonce of its own for each answer, and every script carries it', async ({
  demo,
}) => {
  const nonces = new Set<string>();
  for (const path of ['/sign-in', '/sign-in', '/codes', '/there/is/no/such/page']) {
    const { headers, body } = await rawRequest(demo.url, { path, headers: { cookie: cookieHeader(demo) } });
    const policy = String(headers['content-security-policy']);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce.length, path).toBeGreaterThanOrEqual(20);
    expect(policy).toMatch(/script-src [^;]*'strict-dynamic'/);
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
    for (const directive of [
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(directive);
    for (const [tag] of body.matchAll(/<script\b[^>]*>/g)) expect(tag, path).toContain(`nonce="${nonce}"`);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(4);
});

test('cookies are out of reach for scripts and other sites', async ({ demo, browser, watch }) => {
  const session = demo.admin.cookies.find(({ name }) => name.includes('session'));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  for (const cookie of demo.admin.cookies) expect(cookie.sameSite, cookie.name).not.toBe('None');

  const context = await browser.newContext({ storageState: demo.admin, locale: 'en' });
  watch.add(context);
  const page = await context.newPage();
  await page.goto(demo.url);
  expect(await page.evaluate(() => document.cookie)).not.toContain(session?.name);
  await context.close();
});

test.describe('a one-time link', () => {
  const person = { email: 'lin@example.com', name: 'Lin', role: 'marketer' } as const;
  const password = passwordFor('lin');

  async function invitation(page: Page, demo: DemoApp, t: Texts, email = person.email): Promise<string> {
    return invite(page, demo.url, t, { ...person, email });
  }

  test.use({ storageState: async ({ demo }, use) => use(demo.admin) });

  test('that was used signs nobody in', async ({ demo, browser, watch, t }) => {
    const context = await browser.newContext(nobody);
    watch.add(context);
    const page = await context.newPage();
    await page.goto(demo.spentLink);
    await expect(page.getByText(t('auth.link.gone.title'))).toBeVisible();
    await expect(page.getByRole('button', { name: t('auth.link.sign_in.submit') })).toHaveCount(0);
    await context.close();
  });

  test('is not spent by looking, works once, and the second one to use it is refused', async ({
    page,
    demo,
    browser,
    watch,
    t,
  }) => {
    const link = await invitation(page, demo, t);
    const path = new URL(link).pathname;
    const lookers: Record<string, string>[] = [
      {},
      { 'user-agent': 'MicroMessenger/8.0' },
      { purpose: 'prefetch' },
    ];
    for (const headers of lookers) {
      for (const method of ['GET', 'HEAD']) {
        const preview = await rawRequest(demo.url, { method, path, headers });
        expect(preview.status).toBe(200);
        expect(preview.headers['set-cookie']).toBeUndefined();
      }
    }

    const first = await browser.newContext(nobody);
    const second = await browser.newContext(nobody);
    for (const context of [first, second]) watch.add(context);
    const late = await second.newPage();
    await late.goto(link);
    await late.getByLabel(t('auth.name'), { exact: true }).fill('Somebody else');
    await late.getByLabel(t('auth.newPassword'), { exact: true }).fill(passwordFor('else'));

    const early = await first.newPage();
    await acceptLink(early, link, t, 'invitation', { name: person.name, password });

    await late.getByRole('button', { name: t('auth.link.invitation.submit') }).click();
    await expect(
      late.getByText(t('errors.LINK_INVALID')).or(late.getByText(t('auth.link.gone.title'))),
    ).toBeVisible();
    expect((await second.cookies()).filter(({ name }) => name.includes('session'))).toEqual([]);
    await late.goto(`${demo.url}/codes`);
    await expect(late).toHaveURL(/\/sign-in/);
    await first.close();
    await second.close();
  });

  test('a session ends with signing out, for a copied cookie too', async ({ demo, browser, watch, t }) => {
    const context = await browser.newContext(nobody);
    watch.add(context);
    const page = await context.newPage();
    await signInWithPassword(page, demo.url, t, { email: person.email, password });
    await expectSignedIn(page, t);
    const copied = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const asCopied = () => rawRequest(demo.url, { path: '/settings/profile', headers: { cookie: copied } });
    expect((await asCopied()).status).toBe(200);
    await signOut(page, t);
    const after = await asCopied();
    expect(after.status).toBe(307);
    expect(after.headers.location).toMatch(/\/sign-in/);
    await context.close();
  });
});

test('guessing passwords is slowed down, and says for how long', async ({ page, demo }) => {
  const t = texts('en');
  const guess = { email: 'guessed@example.com', password: 'not the password' };
  const wrong = page.getByText(t('fields.credentialsWrong'));
  const limited = page.getByText(t('errors.RATE_LIMITED', { retryAfterSeconds: -1 }).split('.')[0] ?? '');
  let tries = 0;
  do {
    tries += 1;
    await signInWithPassword(page, demo.url, t, guess);
    await expect(wrong.or(limited)).toBeVisible();
  } while (tries < 30 && !(await limited.isVisible()));
  expect(tries, 'enough for who mistypes, few for who guesses').toBeGreaterThan(5);
  await expect(limited).toBeVisible();
});
