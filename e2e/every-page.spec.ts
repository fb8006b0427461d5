import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import type { Locale } from '../lib/i18n/locales';
import { checkPage, type Theme, turnTheme } from './harness/check-page';
import { type DemoApp, expect, test } from './harness/demo-app';
import { addRelay } from './harness/forms';
import type { PageWatch } from './harness/page-watch';
import { texts } from './harness/texts';

// Each walk has a page of its own and changes nothing.
test.describe.configure({ mode: 'parallel' });

type Ids = Record<
  | 'campaign'
  | 'channel'
  | 'permanent'
  | 'temporary'
  | 'account'
  | 'person'
  | 'batch'
  | 'design'
  | 'webhook'
  | 'relay'
  | 'poster',
  string
>;

/** Where a page is looked at, by the route of its file; one route may be seen in several states. */
const places: Record<string, Record<string, (ids: Ids) => string>> = {
  '/': { overview: () => '/' },
  '/campaigns': {
    campaigns: () => '/campaigns',
    'campaigns-none-found': () => '/campaigns?q=nothing-is-called-so',
  },
  '/campaigns/[campaignId]': { campaign: ({ campaign }) => `/campaigns/${campaign}` },
  '/channels': {
    channels: () => '/channels',
    'channels-none-found': () => '/channels?q=nothing-is-called-so',
  },
  '/channels/[channelId]': { channel: ({ channel }) => `/channels/${channel}` },
  '/codes': {
    codes: () => '/codes',
    'codes-filtered': () => '/codes?kind=temporary&status=issued&sort=label&order=asc',
    'codes-none-found': () => '/codes?q=nothing-is-called-so',
    'codes-ending': () => '/codes?expiresWithinDays=30&sort=expiresAt&order=asc',
  },
  '/codes/tags': { tags: () => '/codes/tags' },
  '/codes/import': { 'codes-import': () => '/codes/import' },
  '/codes/new': { 'code-new': () => '/codes/new' },
  '/codes/[codeId]': {
    'code-permanent': ({ permanent }) => `/codes/${permanent}`,
    'code-temporary': ({ temporary }) => `/codes/${temporary}`,
    'code-not-found': () => '/codes/00000000-0000-4000-8000-000000000000',
  },
  '/analytics': {
    analytics: () => '/analytics?part=channel',
    'analytics-patterns': () => '/analytics?view=patterns',
    'analytics-compare': () => '/analytics?view=compare&compare=channel',
    'analytics-followers': () => '/analytics?view=followers',
    'analytics-unscanned': () => '/analytics?view=unscanned',
    'analytics-wechat': () => '/analytics?view=wechat',
    'analytics-nothing': () => '/analytics?from=2001-01-01&to=2001-01-07',
  },
  '/batches': { batches: () => '/batches', 'batches-none-found': () => '/batches?state=cancelled' },
  '/batches/new': { 'batch-new': () => '/batches/new' },
  '/batches/[batchId]': {
    batch: ({ batch }) => `/batches/${batch}`,
    'batch-none-failed': ({ batch }) => `/batches/${batch}?status=failed`,
  },
  '/print': { studio: () => '/print' },
  '/print/exports': { exports: () => '/print/exports' },
  '/share/[token]': { 'share-gone': () => '/share/nobody-was-sent-this' },
  '/print/designs': {
    designs: () => '/print/designs',
    'designs-none-found': () => '/print/designs?q=nothing-is-called-so',
  },
  '/print/posters/[posterId]': { poster: ({ poster }) => `/print/posters/${poster}` },
  '/print/posters': { posters: () => '/print/posters' },
  '/print/designs/new': { 'design-new': () => '/print/designs/new' },
  '/print/designs/[designId]': { design: ({ design }) => `/print/designs/${design}` },
  '/quota': { quota: () => '/quota' },
  '/quota/external': { 'quota-external': () => '/quota/external' },
  '/quota/rules': { 'quota-rules': () => '/quota/rules' },
  '/quota/approvals': { approvals: () => '/quota/approvals' },
  '/approvals/[approvalId]': {
    'approval-not-found': () => '/approvals/00000000-0000-4000-8000-000000000000',
  },
  '/notifications': {
    notifications: () => '/notifications',
    'notifications-unread': () => '/notifications?unread=true',
  },
  '/notifications/[notificationId]': {
    'notification-not-found': () => '/notifications/00000000-0000-4000-8000-000000000000',
  },
  '/scans': { scans: () => '/scans', 'scans-unknown': () => '/scans?known=false' },
  '/scans/unknown': { 'unknown-scenes': () => '/scans/unknown' },
  '/settings/push': { push: () => '/settings/push' },
  '/settings': { settings: () => '/settings' },
  '/settings/accounts': { accounts: () => '/settings/accounts' },
  '/settings/accounts/new': { 'account-new': () => '/settings/accounts/new' },
  '/settings/accounts/[accountId]': { account: ({ account }) => `/settings/accounts/${account}` },
  '/settings/people': { people: () => '/settings/people' },
  '/settings/people/[personId]': { person: ({ person }) => `/settings/people/${person}` },
  '/settings/api-keys': { 'api-keys': () => '/settings/api-keys' },
  '/settings/notifications': { 'notification-settings': () => '/settings/notifications' },
  '/settings/bindings': { bindings: () => '/settings/bindings' },
  '/bindings/try': { 'bindings-short-address': () => '/bindings/try' },
  '/settings/webhooks': { webhooks: () => '/settings/webhooks' },
  '/settings/webhooks/[webhookId]': { webhook: ({ webhook }) => `/settings/webhooks/${webhook}` },
  '/settings/relays': { relays: () => '/settings/relays' },
  '/settings/relays/[relayId]': { relay: ({ relay }) => `/settings/relays/${relay}` },
  '/settings/audit': { audit: () => '/settings/audit' },
  '/settings/profile': { profile: () => '/settings/profile' },
};

const placesOfStrangers: typeof places = {
  '/sign-in': { 'sign-in': () => '/sign-in', 'sign-in-refused': () => '/sign-in?error=OidcNotInvited' },
  '/link/[token]': { 'link-gone': () => '/link/this-link-was-never-made' },
};

/** A page that no route answers: it has no file of its own but app/not-found.tsx. */
const nowhere = { '': { 'not-found': () => '/there/is/no/such/page' } };

/** Next adds and removes nothing but groups in brackets: the folders of app are the addresses. */
function routesOfApp(): string[] {
  const app = fileURLToPath(new URL('../app', import.meta.url));
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])page\.tsx$/.test(file))
    .map((file) => {
      const folders = file.split(/[\\/]/).slice(0, -1);
      return `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join('/')}`;
    })
    .sort();
}

test('every page of the app is walked here', () => {
  const walked = Object.keys({ ...places, ...placesOfStrangers }).sort();
  expect(walked, 'a page that is missing here is looked at by nobody').toEqual(routesOfApp());
});

async function findIds({ rest }: DemoApp): Promise<Ids> {
  type List = { items: { id: string; kind?: string }[] };
  const first = async (path: string) => (await rest<List>('GET', path)).body.items[0]?.id ?? '';
  const [campaign, channel, permanent, temporary, account, design] = await Promise.all([
    first('/campaigns'),
    first('/channels'),
    first('/codes?kind=permanent'),
    first('/codes?kind=temporary'),
    first('/accounts'),
    first('/designs'),
  ]);
  const made = { campaignId: campaign, kind: 'temporary', count: 3 };
  const batch = (await first('/batches')) || (await rest<{ id: string }>('POST', '/batches', made)).body.id;
  const listening = { url: 'https://crm.example.com/qudao', events: ['scan.recorded', 'code.issued'] };
  const webhook = (await rest<{ id: string }>('POST', '/webhooks', listening)).body.id;
  return {
    campaign,
    channel,
    permanent,
    temporary,
    account,
    person: '',
    poster: '',
    relay: '',
    batch,
    design,
    webhook,
  };
}

/** A poster is dropped on its page. */
async function addPoster(page: Page, url: string, accountId: string): Promise<string> {
  const drawing = '0.1 0.2 0.4 rg 0 0 595 842 re f';
  const pdf = [
    '%PDF-1.4',
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
    '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >> endobj',
    `4 0 obj << /Length ${drawing.length} >>\nstream\n${drawing}\nendstream endobj`,
    'trailer << /Size 5 /Root 1 0 R >>',
    '%%EOF\n',
  ].join('\n');
  const answer = await page.request.post(
    `${url}/api/posters?${new URLSearchParams({ accountId, name: '春季' })}`,
    {
      headers: { origin: url, 'content-type': 'application/octet-stream' },
      data: Buffer.from(pdf, 'latin1'),
    },
  );
  expect(answer.status()).toBe(200);
  return (await answer.json()).id;
}

/** People are no part of REST: the list's link leads to one. */
async function findPerson(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/settings/people`);
  const link = page.locator('a[href^="/settings/people/"]').first();
  return (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
}

/** Relays are no part of REST either: the first there is, or one made by the dialog. */
async function findRelay(page: Page, url: string, locale: Locale): Promise<string> {
  await page.goto(`${url}/settings/relays`);
  const link = page.locator('a[href^="/settings/relays/"]').first();
  if ((await link.count()) === 0) {
    await addRelay(page, url, texts(locale), { name: 'CRM', url: 'https://crm.example.com/wechat' });
  }
  return (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
}

type Walk = { browser: Browser; demo: DemoApp; watch: PageWatch; locale: Locale; width: 1280 | 390 };

async function walk({ browser, demo, watch, locale, width }: Walk): Promise<void> {
  // Each theme is once the one that the page was loaded in, and once the one that it turned to.
  const themes: Theme[] = locale === 'zh-CN' ? ['light', 'dark'] : ['dark', 'light'];
  const isPhone = width === 390;
  // A browser logs the status of a page that is not there as an error, whatever the page does.
  watch.expect(
    /the server responded with a status of 404 .*(\/there\/is\/no\/|\/(codes|approvals)\/00000000-)/,
  );
  const ids = await findIds(demo);
  for (const storageState of [demo.admin, undefined]) {
    const context = await browser.newContext({
      locale,
      storageState,
      viewport: { width, height: isPhone ? 844 : 800 },
      isMobile: isPhone,
      hasTouch: isPhone,
      colorScheme: themes[0],
      reducedMotion: 'reduce',
    });
    watch.add(context);
    const page = await context.newPage();
    if (storageState) {
      ids.person = await findPerson(page, demo.url);
      ids.poster = await addPoster(page, demo.url, ids.account);
      ids.relay = await findRelay(page, demo.url, locale);
    }
    const routes = storageState ? { ...places, ...nowhere } : placesOfStrangers;
    for (const [name, addressOf] of Object.values(routes).flatMap((states) => Object.entries(states))) {
      await test.step(name, async () => {
        await page.goto(demo.url + addressOf(ids));
        await expect.soft(page.getByRole('heading', { level: 1 }), `${name}: one heading`).toHaveCount(1);
        await expect.soft(page.locator('html')).toHaveAttribute('lang', locale);
        for (const theme of themes) {
          await turnTheme(page, theme);
          await checkPage(page, [name, theme, locale, String(width)], {
            withAxe: isPhone === (locale === 'zh-CN') ? null : theme === themes[0] ? 'all' : 'colours',
          });
        }
      });
    }
    await context.close();
  }
}

for (const locale of ['zh-CN', 'en'] as const) {
  for (const width of [1280, 390] as const) {
    test(`every page in ${locale}, ${width} px wide, in both themes`, async ({ browser, demo, watch }) => {
      test.setTimeout(900_000);
      await walk({ browser, demo, watch, locale, width });
    });
  }
}

test('what opens over a page: menus, dialogs, the drawer of a phone', async ({ browser, demo, watch }) => {
  const t = texts('en');
  const ids = await findIds(demo);
  const open = async (width: number, path: string) => {
    const context = await browser.newContext({
      locale: 'en',
      storageState: demo.admin,
      viewport: { width, height: 844 },
      reducedMotion: 'reduce',
    });
    watch.add(context);
    const page = await context.newPage();
    await page.goto(demo.url + path, { waitUntil: 'networkidle' });
    return page;
  };
  const check = async (page: Page, name: string, width: number) => {
    for (const theme of ['light', 'dark'] as const) {
      await turnTheme(page, theme);
      await checkPage(page, [name, theme, 'en', String(width)], {
        withAxe: theme === 'light' ? 'all' : 'colours',
      });
    }
  };

  const list = await open(1280, '/campaigns');
  await list.getByRole('button', { name: t('campaigns.create') }).click();
  await expect(list.getByRole('dialog')).toBeVisible();
  await check(list, 'over-campaign-dialog', 1280);
  await list.keyboard.press('Escape');
  await expect(list.getByRole('dialog')).toBeHidden();
  await list.getByRole('button', { name: t('shell.user.menu') }).click();
  await expect(list.getByRole('menu')).toBeVisible();
  await check(list, 'over-user-menu', 1280);
  await list.keyboard.press('Escape');
  await list.keyboard.press('?');
  await expect(list.getByRole('dialog', { name: t('shell.shortcuts.title') })).toBeVisible();
  await check(list, 'over-shortcuts', 1280);
  await list.context().close();

  const code = await open(390, `/codes/${ids.permanent}`);
  await code.getByRole('button', { name: t('codes.handOver.action') }).click();
  await expect(code.getByRole('dialog')).toBeVisible();
  await check(code, 'over-hand-over', 390);
  await code.keyboard.press('Escape');
  await code.getByRole('button', { name: t('replies.createOwn') }).click();
  await expect(code.getByRole('dialog', { name: t('replies.dialog.code') })).toBeVisible();
  await check(code, 'over-reply', 390);
  await code.keyboard.press('Escape');
  await code.getByRole('button', { name: t('shell.openNavigation') }).click();
  await expect(code.getByRole('navigation', { name: t('shell.navigation') })).toBeVisible();
  await check(code, 'over-drawer', 390);
  await code.context().close();

  const relays = await open(1280, '/settings/relays');
  await relays.getByRole('button', { name: t('relays.create') }).click();
  const dialog = relays.getByRole('dialog', { name: t('relays.create') });
  await dialog.getByRole('radio', { name: t('relays.whichSome.title') }).click();
  await dialog.getByLabel(t('relays.scenes'), { exact: true }).fill('login_*\na*b');
  await expect(dialog.getByText(t('fields.sceneRuleStar'))).toBeVisible();
  await check(relays, 'over-relay-dialog', 1280);
  await relays.context().close();

  const codes = await open(1280, '/codes');
  await codes.getByRole('checkbox', { name: t('common.selectAll') }).click();
  await expect(codes.getByRole('button', { name: t('codes.handOver.action') })).toBeVisible();
  await check(codes, 'over-selection-bar', 1280);
  await codes.context().close();
});
