import { randomBytes, randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import pg from 'pg';
import { checkPage, turnTheme } from './harness/check-page';
import { decodeOnScreen, decodePicture, readPngFacts } from './harness/decode-symbol';
import { expect, test } from './harness/demo-app';
import { createCampaign, createCode, fillNewCode, type NewCode } from './harness/forms';
import { invite, passwordFor } from './harness/people';
import { restClient } from './harness/rest-client';
import {
  correctSecret,
  declareOthers,
  type NewAccount,
  onward,
  setUpToTest,
  testStep,
} from './harness/set-up-account';
import { acceptLink, expectSignedIn, signInWithPassword, signOut } from './harness/sign-in';
import { startStandIn } from './harness/stand-in';
import { freePort, type StartedApp, startApp, temporaryFolder } from './harness/start-app';
import { texts } from './harness/texts';

const t = texts('en');
const hex = (bytes: number) => randomBytes(bytes).toString('hex');

const first: NewAccount = { name: 'Nordlicht Coffee', appId: 'wx1111222233334444', secret: hex(16) };
const second: NewAccount = { name: 'Nordlicht Bakery', appId: 'wx5555666677778888', secret: hex(16) };
const admin = { email: 'zhou@nordlicht.example', name: 'Zhou Min', password: passwordFor('zhou') };
const marketer = { email: 'he@nordlicht.example', name: 'He Jie', password: passwordFor('he') };
const viewer = { email: 'xu@nordlicht.example', name: 'Xu Wei', password: passwordFor('xu') };
const campaign = 'Spring posters 2027';

const codes = {
  permanentId: { campaign, label: 'Window, People’s Square', kind: 'permanent' },
  permanentStr: { campaign, label: 'Menu, back cover', kind: 'permanent', scene: { str: 'menu-back' } },
  temporaryId: { campaign, label: 'Live stream', kind: 'temporary', expireSeconds: '86400' },
  temporaryStr: { campaign, label: 'Trade fair badge', kind: 'temporary', scene: { str: 'fair-badge' } },
} satisfies Record<string, NewCode>;

test.describe('a company with accounts of its own', () => {
  test.describe.configure({ mode: 'serial' });

  let standIn: Awaited<ReturnType<typeof startStandIn>>;
  let app: StartedApp;
  let removeFolder: () => Promise<void>;
  let context: BrowserContext;
  let page: Page;
  let rest: ReturnType<typeof restClient>;

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(400_000);
    const { folder, remove } = await temporaryFolder();
    removeFolder = remove;
    standIn = await startStandIn();
    app = await startApp({
      PORT: String(await freePort()),
      DATA_DIR: folder,
      DEMO: 'off',
      WECHAT_API_BASE: standIn.url,
      WECHAT_MP_BASE: standIn.url,
    });
    context = await browser.newContext({ locale: 'en', reducedMotion: 'reduce' });
    page = await context.newPage();
  });

  test.afterAll(async () => {
    await context?.close();
    await app?.stop();
    await standIn?.stop();
    await removeFolder?.();
  });

  test.beforeEach(({ watch }) => watch.add(context));

  async function check(name: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      await turnTheme(page, theme);
      await checkPage(page, [`company-${name}`, theme, 'en', '1280'], { withAxe: 'all' });
    }
    await turnTheme(page, 'light');
  }

  test('the first-run link makes the admin, who then signs in with a password', async () => {
    expect(app.output).not.toContain('demo:');
    await page.goto(`${app.url}/codes`);
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fcodes$/);
    await expect(page.getByText(t('auth.startLink.title'))).toBeVisible();
    await check('not-set-up');

    await page.goto(app.link ?? '');
    await expect(page.getByRole('heading', { name: t('auth.link.first_run.title') })).toBeVisible();
    await check('first-run');
    await page.getByLabel(t('auth.email')).fill('no-address');
    await page.getByLabel(t('auth.newPassword'), { exact: true }).fill('short');
    await page.getByRole('button', { name: t('auth.link.first_run.submit') }).click();
    await expect(page.getByLabel(t('auth.email'))).toHaveAttribute('aria-invalid', 'true');
    await check('first-run-refused');
    await acceptLink(page, app.link ?? '', t, 'first_run', admin);

    await signOut(page, t);
    await signInWithPassword(page, app.url, t, { ...admin, password: 'somebody else’s password' });
    await expect(page.getByText(t('fields.credentialsWrong'))).toBeVisible();
    await signInWithPassword(page, app.url, t, admin);
    await expectSignedIn(page, t);
  });

  test('empty pages say what comes first', async () => {
    await page.goto(app.url);
    await expect(page.getByText(t('overview.noAccount.title'))).toBeVisible();
    await check('empty-overview');
    for (const [path, name] of [
      ['/quota', 'empty-quota'],
      ['/settings/accounts', 'empty-accounts'],
      ['/settings/api-keys', 'empty-api-keys'],
    ] as const) {
      await page.goto(app.url + path, { waitUntil: 'networkidle' });
      await check(name);
    }
    await page.goto(`${app.url}/codes`);
    await expect(page, 'nothing to show without an account').toHaveURL(`${app.url}/`);
  });

  test('the guided set-up says what is wrong with the secret and the whitelist, until it is mended', async () => {
    await standIn.register({ appId: first.appId, secret: first.secret, ipWhitelist: [] });
    await setUpToTest(page, app.url, t, { ...first, secret: hex(16) });
    await expect(testStep(page, 'credentials')).toHaveAttribute('data-state', 'failed');
    await expect(testStep(page, 'credentials')).toContainText(t('wechat.remedies.checkSecret'));
    await check('set-up-wrong-secret');

    await correctSecret(page, t, first.secret);
    await expect(testStep(page, 'whitelist')).toHaveAttribute('data-state', 'failed');
    await expect(testStep(page, 'whitelist')).toContainText(
      t('wechat.remedies.whitelistIp', { ip: '127.0.0.1', rid: 'absent' }),
    );
    await expect(testStep(page, 'credentials')).not.toHaveAttribute('data-state', 'failed');
    await check('set-up-not-whitelisted');

    await standIn.register({ appId: first.appId, secret: first.secret, ipWhitelist: ['127.0.0.1'] });
    await page.getByRole('button', { name: t('accounts.test.again') }).click();
    await expect(page.getByText(t('accounts.test.passed'))).toBeVisible();
    for (const step of ['reach', 'credentials', 'whitelist', 'privilege', 'callQuota'])
      await expect(testStep(page, step)).toHaveAttribute('data-state', 'passed');
    await check('set-up-passed');
    expect((await standIn.counts(first.appId)).permanentInt, 'the test spends nothing').toBe(0);
    await onward(page, t);
    await check('set-up-others');
  });

  test('no permanent code before it was said what other systems use', async () => {
    const other = await context.newPage();
    await createCampaign(other, app.url, t, { name: campaign });
    await other.goto(`${app.url}/codes/new`);
    await expect(other.getByRole('radio', { name: t('codes.new.permanent') })).toBeDisabled();
    await expect(other.getByText(t('codes.new.permanentUndeclared'))).toBeVisible();

    await other.goto(`${app.url}/settings/api-keys`);
    await other
      .getByRole('button', { name: t('apiKeys.create') })
      .first()
      .click();
    await other.getByLabel(t('apiKeys.name'), { exact: true }).fill('End-to-end test');
    await other.getByRole('radio', { name: t('apiKeys.scopeName.admin') }).click();
    await other.getByRole('button', { name: t('common.actions.create'), exact: true }).click();
    rest = restClient(app.url, await other.getByRole('textbox', { name: t('apiKeys.key') }).inputValue());
    const { body: campaigns } = await rest<{ items: { id: string }[] }>('GET', '/campaigns');
    const refused = await rest('POST', '/codes', {
      campaignId: campaigns.items[0]?.id,
      label: 'too early',
      kind: 'permanent',
    });
    expect(refused.body).toMatchObject({ code: 'EXTERNAL_USE_UNDECLARED' });
    await other.close();

    await declareOthers(page, t, { ranges: '1-3', strs: 'old-shop' });
    await check('set-up-done');
    expect((await rest<{ external: number }>('GET', '/quota')).body.external).toBe(4);
  });

  test('one code of each kind, given out around what others have used', async () => {
    await fillNewCode(page, app.url, t, { ...codes.permanentId, scene: { id: 2 } });
    await page.getByRole('button', { name: t('codes.new.submit') }).click();
    await expect(page.getByText(t('errors.SCENE_TAKEN', { scene: '2' }))).toBeVisible();

    const ids = new Map<string, string>();
    for (const [kind, code] of Object.entries(codes)) ids.set(kind, await createCode(page, app.url, t, code));
    const issued = await standIn.codes(first.appId);
    const next = issued.find(({ kind }) => kind === 'QR_LIMIT_SCENE');
    expect(next?.scene, '1 to 3 are used elsewhere').toBe(4);

    await page.goto(`${app.url}/codes/${ids.get('permanentId')}`);
    const preview = page.getByRole('img', {
      name: t('common.symbolOf', { label: codes.permanentId.label }),
    });
    expect(await decodeOnScreen(preview)).toBe(next?.url);
    const image = await page.request.get(
      `${app.url}/api/codes/${ids.get('permanentId')}/image?format=png&mm=50&dpi=600`,
    );
    const bytes = await image.body();
    expect(readPngFacts(bytes).widthMm).toBeCloseTo(50, 1);
    expect(await decodePicture(bytes)).toBe(next?.url);

    const { body: quota } = await rest<Record<string, number>>('GET', '/quota');
    expect(quota).toMatchObject({ issued: 2, external: 4, reserved: 0, remaining: 100_000 - 6 });
    expect(await standIn.counts(first.appId)).toMatchObject({ permanentInt: 1, permanentStr: 1 });
  });

  test('a second account has a ledger and campaigns of its own', async () => {
    await standIn.register({ appId: second.appId, secret: second.secret });
    await setUpToTest(page, app.url, t, second);
    await expect(page.getByText(t('accounts.test.passed'))).toBeVisible();
    await onward(page, t);
    await declareOthers(page, t, 'none');

    const switcher = page.getByRole('button', { name: t('shell.account.label') });
    await page.goto(`${app.url}/codes`);
    await expect(switcher).toContainText(second.name);
    await expect(page.getByText(t('codes.empty.title'))).toBeVisible();
    await check('empty-codes');
    for (const path of ['/campaigns', '/channels', '/codes/new', '/']) {
      await page.goto(app.url + path, { waitUntil: 'networkidle' });
      await check(`empty${path.replaceAll('/', '-')}`);
    }
    const name = 'Harvest breads';
    await createCampaign(page, app.url, t, { name });
    await createCode(page, app.url, t, { ...codes.permanentStr, campaign: name });
    expect(await standIn.counts(second.appId)).toMatchObject({ permanentInt: 0, permanentStr: 1 });

    await page.goto(`${app.url}/codes`);
    await switcher.click();
    await page.getByRole('menuitemradio', { name: first.name }).click();
    await expect(switcher).toContainText(first.name);
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(5);
    const { body } = await rest('GET', '/quota');
    expect(body, 'with two accounts a program says which').toMatchObject({ code: 'ACCOUNT_REQUIRED' });
  });

  test('a marketer sees the accounts granted, a viewer changes nothing', async ({ browser, watch }) => {
    const { body: accounts } = await rest<{ items: { id: string; name: string }[] }>('GET', '/accounts');
    const foreign = accounts.items.find(({ name }) => name === second.name)?.id ?? '';
    const { body: foreignCodes } = await rest<{ items: { id: string }[] }>(
      'GET',
      `/codes?accountId=${foreign}`,
    );
    const links = {
      marketer: await invite(page, app.url, t, { ...marketer, role: 'marketer', accounts: [first.name] }),
      viewer: await invite(page, app.url, t, { ...viewer, role: 'viewer', accounts: [first.name] }),
    };
    for (const [role, person] of Object.entries({ marketer, viewer })) {
      const own = await browser.newContext({ locale: 'en' });
      watch.add(own);
      watch.expect(/the server responded with a status of 404/);
      const view = await own.newPage();
      await acceptLink(view, links[role as keyof typeof links], t, 'invitation', person);
      await view.getByRole('button', { name: t('shell.account.label') }).click();
      await expect(view.getByRole('menuitemradio')).toHaveCount(1);
      await view.keyboard.press('Escape');
      for (const path of [`/codes/${foreignCodes.items[0]?.id}`, '/settings/people', '/settings/audit']) {
        await view.goto(app.url + path);
        await expect(view.getByText(t('common.notFound.title')), `${role} at ${path}`).toBeVisible();
      }
      const image = await view.request.get(`${app.url}/api/codes/${foreignCodes.items[0]?.id}/image`);
      expect(image.status()).toBe(404);

      await view.goto(`${app.url}/codes`);
      await expect(view.getByRole('link', { name: codes.permanentId.label })).toBeVisible();
      await expect(view.getByRole('link', { name: t('codes.create') })).toHaveCount(
        role === 'viewer' ? 0 : 1,
      );
      if (role === 'viewer') {
        await view.goto(`${app.url}/codes/new`);
        await expect(view.getByRole('button', { name: t('codes.new.submit') })).toHaveCount(0);
        await view.goto(`${app.url}/campaigns`);
        await expect(view.getByRole('button', { name: t('campaigns.create') })).toHaveCount(0);
      } else {
        await createCampaign(view, app.url, t, { name: 'By the marketer' });
      }
      await own.close();
    }
  });

  test('what WeChat refuses is said on the code’s page, stops the account, and can be mended', async () => {
    await standIn.register({ appId: first.appId, secret: first.secret, verified: false });
    await fillNewCode(page, app.url, t, { campaign, label: 'While restricted', kind: 'temporary' });
    await page.getByRole('button', { name: t('codes.new.submit') }).click();
    await page.waitForURL(/\/codes\/[0-9a-f-]{36}$/);
    await expect(page.getByText(/errcode 48001/)).toBeVisible();
    await expect(page.getByText(t('wechat.remedies.verifiedServiceAccountOnly')).first()).toBeVisible();
    await check('code-not-issued');
    const address = page.url();
    await page.goto(`${app.url}/codes/new`);
    await expect(page.getByText(t('codes.new.stopped'))).toBeVisible();
    await check('code-new-stopped');
    await page.goto(app.url, { waitUntil: 'networkidle' });
    await check('overview-stopped');

    await standIn.register({ appId: first.appId, secret: first.secret, verified: true });
    await page.goto(`${app.url}/quota`);
    await check('quota-stopped');
    await page.getByRole('button', { name: t('accounts.stopped.resume') }).click();
    await expect(page.getByText(t('accounts.stopped.resumed'))).toBeVisible();
    await page.goto(address);
    const symbol = page.getByRole('img', { name: t('common.symbolOf', { label: 'While restricted' }) });
    const retry = page.getByRole('button', { name: t('codes.detail.retry') });
    await expect(symbol.or(retry)).toBeVisible();
    if (await retry.isVisible()) await retry.click();
    await expect(symbol, 'the page follows by itself').toBeVisible({ timeout: 30_000 });
  });
});

test('on PostgreSQL: an admin and a key from the settings, the job over REST, the symbol on screen', async ({
  page,
}) => {
  const server = process.env.TEST_DATABASE_URL;
  test.skip(!server, 'no TEST_DATABASE_URL');
  test.setTimeout(400_000);
  const database = `e2e_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${database}`);
  const { folder, remove } = await temporaryFolder();
  const standIn = await startStandIn();
  const key = hex(24);
  let app: StartedApp | undefined;
  try {
    const address = new URL(server ?? '');
    address.pathname = `/${database}`;
    app = await startApp({
      PORT: String(await freePort()),
      DATA_DIR: folder,
      DATABASE_URL: address.href,
      APP_SECRET: hex(32),
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      ADMIN_API_KEY: key,
      WECHAT_API_BASE: standIn.url,
      WECHAT_MP_BASE: standIn.url,
    });
    expect(app.link, 'an admin is there already').toBeNull();
    await standIn.register({ appId: first.appId, secret: first.secret });

    const rest = restClient(app.url, key);
    const { body: account } = await rest<{ id: string }>('POST', '/accounts', {
      name: first.name,
      appId: first.appId,
      appSecret: first.secret,
      tokenSource: 'stable',
    });
    expect((await rest('POST', '/quota/external', { none: true })).status).toBe(200);
    const { body: made } = await rest<{ id: string }>('POST', '/campaigns', { name: campaign });
    type Issued = { id: string; scene: { id?: number; str?: string }; status: string; url: string };
    const once = { 'Idempotency-Key': randomUUID() };
    const wanted = { campaignId: made.id, label: 'Over REST', kind: 'permanent' };
    const [code, repeated] = [
      await rest<Issued>('POST', '/codes', wanted, once),
      await rest<Issued>('POST', '/codes', wanted, once),
    ];
    expect(code.status).toBe(201);
    expect(repeated.body.id, 'the same key gives the same code').toBe(code.body.id);
    await rest('POST', '/codes', { ...wanted, label: 'Text', scene: { str: 'text-1' } });
    await rest('POST', '/codes', { ...wanted, label: 'Soon gone', kind: 'temporary', expireSeconds: 3600 });

    const { body: quota } = await rest<Record<string, number>>('GET', `/quota?accountId=${account.id}`);
    const { permanentInt, permanentStr } = await standIn.counts(first.appId);
    expect(quota.issued).toBe(2);
    expect(permanentInt + permanentStr).toBe(2);

    await signInWithPassword(page, app.url, t, admin);
    await expectSignedIn(page, t);
    await page.goto(`${app.url}/codes/${code.body.id}`);
    const preview = page.getByRole('img', { name: t('common.symbolOf', { label: 'Over REST' }) });
    expect(await decodeOnScreen(preview)).toBe(code.body.url);
    const issued = await standIn.codes(first.appId);
    expect(issued.map(({ url }) => url)).toContain(code.body.url);
  } finally {
    // A page that is left has no stream to lose when the server goes.
    await page.goto('about:blank');
    await app?.stop();
    await standIn.stop();
    await remove();
    await client.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await client.end();
  }
});
