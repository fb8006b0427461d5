import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { decodeOnScreen, decodePicture, decodeSvg, readPngFacts } from './harness/decode-symbol';
import { expect, test } from './harness/demo-app';
import { createCampaign, createCode, fillNewCode, type NewCode } from './harness/forms';
import { expectSignedIn } from './harness/sign-in';
import type { StandInCode } from './harness/stand-in';
import type { Texts } from './harness/texts';

const demoAppId = 'wxdemo0000000001';
const campaign = '春节门店活动 2027';
const nextCampaign = '元宵灯会';
const channel = { number: 'XA-001', name: '钟楼店', city: '西安', region: '西北' };

const codes = {
  permanentId: { campaign, channel: channel.name, label: '钟楼店 · 门口立牌', kind: 'permanent' },
  permanentStr: { campaign, label: '钟楼店 · 菜单封底', kind: 'permanent', scene: { str: 'menu-xa-001' } },
  temporaryId: {
    campaign,
    label: '抖音直播间 <b>第 1 场</b> 🎉',
    kind: 'temporary',
    scene: { id: 4_294_967_295 },
    expireSeconds: '604800',
  },
  temporaryStr: { campaign, label: '朋友圈海报', kind: 'temporary', scene: { str: '朋友圈-01' } },
} satisfies Record<string, NewCode>;

const actionNames = {
  permanentId: 'QR_LIMIT_SCENE',
  permanentStr: 'QR_LIMIT_STR_SCENE',
  temporaryId: 'QR_SCENE',
  temporaryStr: 'QR_STR_SCENE',
} as const;

type Kind = keyof typeof codes;
const kinds = Object.keys(codes) as Kind[];

test.describe.configure({ mode: 'serial' });

test.describe('the main job, in Chinese', () => {
  test.use({ locale: 'zh-CN', storageState: async ({ demo }, use) => use(demo.admin) });

  const ids: Partial<Record<Kind, string>> = {};
  const idOf = (kind: Kind) => ids[kind] ?? '';

  async function issuedByStandIn(listCodes: () => Promise<StandInCode[]>, kind: Kind): Promise<StandInCode> {
    const { scene } = codes[kind] as NewCode;
    const wanted = scene && ('id' in scene ? scene.id : scene.str);
    const found = (await listCodes()).find(
      (code) => code.kind === actionNames[kind] && (wanted === undefined || code.scene === wanted),
    );
    if (!found) throw new Error(`the stand-in has issued no ${actionNames[kind]}`);
    return found;
  }

  test('a campaign and a channel with a column of its own', async ({ page, demo, t }) => {
    await createCampaign(page, demo.url, t, { name: nextCampaign });
    await createCampaign(page, demo.url, t, { name: campaign, startsOn: '2027-02-01', endsOn: '2027-02-20' });
    await expectSignedIn(page, t);

    await page.getByRole('link', { name: t('shell.nav.channels'), exact: true }).click();
    await page.getByRole('button', { name: t('channels.create') }).click();
    const dialog = page.getByRole('dialog');
    for (const name of ['number', 'name', 'city', 'region'] as const) {
      await dialog.getByLabel(t(`channels.fields.${name}`)).fill(channel[name]);
    }
    await dialog.getByRole('button', { name: t('channels.own.add') }).click();
    await dialog.getByLabel(t('channels.fields.columnName')).fill('督导');
    await dialog.getByLabel(t('channels.fields.columnValue')).fill('王芳');
    await dialog.getByRole('button', { name: t('common.actions.create') }).click();
    await expect(page.getByText(t('channels.created', { name: channel.name }))).toBeVisible();
    await page.getByRole('link', { name: channel.name }).click();
    await page.waitForURL(/\/channels\/[0-9a-f-]{36}$/);
    await expect(page.getByText('王芳')).toBeVisible();
  });

  test('one code of each of the four kinds', async ({ page, demo, t }) => {
    await fillNewCode(page, demo.url, t, codes.permanentId);
    const before = await demo.rest<{ remaining: number }>('GET', '/quota');
    await expect(
      page.getByText(t('codes.new.permanentText', { remaining: before.body.remaining })),
      'the consequence is said before it happens',
    ).toBeVisible();
    for (const kind of kinds) ids[kind] = await createCode(page, demo.url, t, codes[kind]);
    const after = await demo.rest<{ remaining: number }>('GET', '/quota');
    expect(after.body.remaining).toBe(before.body.remaining - 2);
  });

  test('what the form refuses, it refuses in words and without a loss', async ({
    page,
    demo,
    t,
    watch: _,
  }) => {
    const before = await demo.standIn.counts(demoAppId);
    await fillNewCode(page, demo.url, t, {
      ...codes.permanentStr,
      label: '重复的场景值',
    });
    await page.getByRole('button', { name: t('codes.new.submit') }).click();
    await expect(page.getByText(t('errors.SCENE_TAKEN', { scene: 'menu-xa-001' }))).toBeVisible();

    const str = page.getByLabel(t('codes.new.sceneStrLabel'));
    await str.fill('二十二个汉字正好是六十六个字节超过六十四个了');
    await page.getByRole('button', { name: t('codes.new.submit') }).click();
    await expect(str).toHaveAttribute('aria-invalid', 'true');
    await expect(str).toBeFocused();

    await page.getByRole('radio', { name: t('codes.new.sceneId') }).click();
    const id = page.getByLabel(t('codes.new.sceneIdLabel'));
    for (const wrong of ['0', '-1', '1.5', '100001', '', 'a']) {
      await id.fill(wrong);
      await page.getByRole('button', { name: t('codes.new.submit') }).click();
      await expect(id, `scene ${wrong}`).toHaveAttribute('aria-invalid', 'true');
    }
    expect(page.url()).toContain('/codes/new');
    expect(await demo.standIn.counts(demoAppId)).toEqual(before);
  });

  test('the list shows them, searches, filters and sorts, and keeps it in the URL', async ({
    page,
    demo,
    t,
  }) => {
    await page.goto(`${demo.url}/codes`);
    const rows = page.getByRole('table').getByRole('row');
    for (const kind of kinds) {
      const row = rows.filter({ hasText: codes[kind].label });
      await expect(row).toHaveCount(1);
      await expect(row).toContainText(campaign);
      await expect(row).toContainText(t('common.status.issued'));
    }

    const search = page.getByRole('searchbox', { name: t('codes.searchLabel') });
    // Before the page's script runs nobody hears a key.
    await expect(async () => {
      await page.keyboard.press('/');
      await expect(search).toBeFocused({ timeout: 1_000 });
    }).toPass();
    await search.fill('menu-xa');
    await expect(page).toHaveURL(/q=menu-xa/);
    await expect(rows.filter({ hasText: codes.permanentStr.label })).toBeVisible();
    await expect(rows).toHaveCount(2);
    await page.reload();
    await expect(rows).toHaveCount(2);
    await search.fill('没有这样的渠道码');
    await expect(page.getByText(t('codes.nothingFound.title'))).toBeVisible();

    await page.goto(`${demo.url}/codes`);
    await chooseFilter(page, t('codes.filters.kind'), t('codes.kind.temporary'));
    await expect(page).toHaveURL(/kind=temporary/);
    await expect(rows.filter({ hasText: codes.permanentId.label })).toHaveCount(0);
    await expect(rows.filter({ hasText: codes.temporaryStr.label })).toHaveCount(1);
    const head = page.getByRole('button', {
      name: t('codes.sort.by', { what: t('codes.columns.label') }),
    });
    await head.click();
    await expect(page).toHaveURL(/sort=label&order=asc/);
    await expect.poll(async () => isSorted(await labels(page))).toBe(true);
    const upwards = await labels(page);
    expect(upwards.length).toBeGreaterThan(2);
    await head.click();
    await expect.poll(() => labels(page)).toEqual(upwards.toReversed());
    await page
      .getByRole('button', {
        name: t('common.removeFilter', {
          label: `${t('codes.filters.kind')} ${t('codes.kind.temporary')}`,
        }),
      })
      .click();
    await expect(page).not.toHaveURL(/kind=/);
    await search.fill(codes.permanentId.label);
    await expect(rows.filter({ hasText: codes.permanentId.label })).toHaveCount(1);
  });

  for (const kind of kinds) {
    test(`${kind}: the preview, the facts and both files hold the url that WeChat issued`, async ({
      page,
      demo,
      t,
    }) => {
      const issued = await issuedByStandIn(() => demo.standIn.codes(demoAppId), kind);
      const { label, kind: lasting } = codes[kind];
      await page.goto(`${demo.url}/codes/${idOf(kind)}`);
      await expect(page.getByText(issued.url, { exact: true })).toBeVisible();
      await expect(page.getByText(issued.ticket, { exact: true })).toBeVisible();
      await expect(page.getByText(String(issued.scene), { exact: true })).toBeVisible();
      await expect(page.getByText(actionNames[kind])).toHaveCount(1);
      const preview = page.getByRole('img', { name: t('common.symbolOf', { label }) });
      expect(await decodeOnScreen(preview)).toBe(issued.url);

      const download = (format: string) =>
        page.getByRole('button', { name: t('print.download', { format }) });
      await page.getByLabel(t('print.design')).selectOption('');
      await page.getByLabel(t('print.sizeMm')).fill('50');
      await page.getByLabel(t('print.dpi')).fill('600');
      if (lasting === 'temporary') {
        await expect(download('PNG'), 'a code that ends needs a deliberate yes').toBeDisabled();
        await page.getByRole('checkbox').last().click();
      }
      const png = await saved(page, () => download('PNG').click());
      const facts = readPngFacts(png.bytes);
      expect(facts).toMatchObject({ bitDepth: 1, colourType: 0 });
      expect(facts.width).toBe(facts.height);
      expect(facts.width, 'near the 1181 px that 50 mm are at 600 dpi').toBeGreaterThan(1_100);
      expect(facts.widthMm, 'opens at the size that was asked for').toBeCloseTo(50, 1);
      expect(facts.heightMm).toBeCloseTo(50, 1);
      expect(await decodePicture(png.bytes)).toBe(issued.url);
      expect(png.name).toMatch(/_mm50_600dpi.*\.png$/);
      expect(/_expires-\d{4}-\d\d-\d\d\./.test(png.name)).toBe(lasting === 'temporary');

      await page.getByRole('radio', { name: t('print.svg') }).click();
      const svg = await saved(page, () => download('SVG').click());
      const source = svg.bytes.toString('utf8');
      expect(source).toMatch(/<svg [^>]*width="50mm" height="50mm"/);
      expect(source.match(/<path /g)).toHaveLength(1);
      expect(source).not.toContain('<b>');
      expect(await decodeSvg(page, source)).toBe(issued.url);
    });
  }

  test("WeChat's own picture comes through the server and holds the same", async ({ page, demo, t }) => {
    const issued = await issuedByStandIn(() => demo.standIn.codes(demoAppId), 'permanentStr');
    await page.goto(`${demo.url}/codes/${idOf('permanentStr')}`);
    await page.getByRole('button', { name: t('codes.detail.weChatPictureShow') }).click();
    const picture = page.getByRole('img', {
      name: t('codes.detail.weChatPictureAlt', { label: codes.permanentStr.label }),
    });
    await expect(picture).toBeVisible();
    const source = await picture.getAttribute('src');
    const response = await page.request.get(`${demo.url}${source}`);
    expect(response.headers()['content-type']).toBe('image/jpeg');
    expect(await decodePicture(await response.body())).toBe(issued.url);
  });

  test('archived, and back with one click', async ({ page, demo, t }) => {
    const { label } = codes.temporaryStr;
    const statusOf = async () =>
      (await demo.rest<{ status: string }>('GET', `/codes/${idOf('temporaryStr')}`)).body.status;
    await page.goto(`${demo.url}/codes/${idOf('temporaryStr')}`);
    await page.getByRole('button', { name: t('common.actions.archive') }).click();
    await expect(page.getByText(t('codes.archive.done', { label }))).toBeVisible();
    await expect(page.getByText(t('codes.archive.notice'))).toBeVisible();
    expect(await statusOf()).toBe('archived');
    await page.getByRole('button', { name: t('common.actions.undo') }).click();
    await expect(page.getByText(t('codes.archive.notice'))).toBeHidden();
    await expect.poll(statusOf).toBe('issued');
  });

  test('handed over to the next campaign, now and from a date', async ({ page, demo, t }) => {
    const id = idOf('permanentId');
    await page.goto(`${demo.url}/codes/${id}`);
    await page.getByRole('button', { name: t('codes.handOver.action') }).click();
    const dialog = page.getByRole('dialog', { name: t('codes.handOver.title') });
    await dialog.getByRole('combobox', { name: t('codes.handOver.campaign') }).click();
    await page.getByPlaceholder(t('common.typeToSearch')).fill(nextCampaign);
    await page.getByRole('option', { name: nextCampaign }).click();
    await dialog.getByRole('button', { name: t('codes.handOver.submit') }).click();
    await expect(page.getByText(t('codes.handOver.done', { name: nextCampaign }))).toBeVisible();
    const served = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: nextCampaign, exact: true }) });
    await expect(served).toContainText(t('codes.detail.state.current'));
    await expect(
      page.getByRole('listitem').filter({ has: page.getByRole('link', { name: campaign, exact: true }) }),
    ).toContainText(t('codes.detail.state.past'));
    const { body } = await demo.rest<{ campaign: { name: string } }>('GET', `/codes/${id}`);
    expect(body.campaign.name).toBe(nextCampaign);

    await page.getByRole('button', { name: t('codes.handOver.action') }).click();
    await dialog.getByRole('checkbox', { name: t('codes.handOver.none') }).click();
    await dialog.getByRole('radio', { name: t('codes.handOver.later') }).click();
    await dialog.locator('input[type="datetime-local"]').fill('2032-03-01T08:00');
    await dialog.getByRole('button', { name: t('codes.handOver.submit') }).click();
    await expect(page.getByText(t('codes.handOver.doneNone'))).toBeVisible();
    const planned = page.getByRole('listitem').filter({ hasText: t('codes.detail.state.planned') });
    await expect(planned).toContainText(t('codes.noCampaign'));
    await planned.getByRole('button', { name: t('codes.handOver.withdraw') }).click();
    await expect(planned).toBeHidden();
  });

  test("the quota page, REST and the stand-in's own count agree", async ({ page, demo, t }) => {
    const { body: quota } = await demo.rest<Record<string, number>>('GET', '/quota');
    const { permanentInt, permanentStr } = await demo.standIn.counts(demoAppId);
    expect(quota.issued).toBe(permanentInt + permanentStr);
    expect(quota.cap).toBe(
      ['issued', 'reserved', 'external', 'unlisted', 'remaining']
        .map((state) => quota[state] ?? Number.NaN)
        .reduce((sum, count) => sum + count),
    );

    await page.goto(`${demo.url}/quota`);
    for (const state of ['issued', 'archived', 'reserved', 'external', 'remaining'] as const) {
      expect(await figureOf(page, t, state), state).toBe(quota[state]);
    }
    await expect(
      page.getByText(t('shell.quota.left', { remaining: quota.remaining ?? 0, cap: quota.cap ?? 0 })).first(),
    ).toBeVisible();
    await page.getByRole('button', { name: t('quota.check.run') }).click();
    await expect(page.getByText(t('quota.check.ok', { free: 'FREE' }).split('FREE')[1] ?? '')).toBeVisible();
  });
});

async function chooseFilter(page: Page, filter: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: filter, exact: true }).click();
  await page.getByRole('menuitemradio', { name: choice }).click();
}

/** The labels of the list, in the order shown. */
function labels(page: Page): Promise<string[]> {
  return page.locator('[data-row-link]').allInnerTexts();
}

/** By code points, as the database sorts them. */
function isSorted(texts: string[]): boolean {
  return texts.every(
    (text, i) => i === 0 || Buffer.compare(Buffer.from(texts[i - 1] ?? ''), Buffer.from(text)) <= 0,
  );
}

/** Catches the file that a click saves. */
async function saved(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** A figure of the list of states, as it stands on the page. */
async function figureOf(
  page: Page,
  t: Texts,
  state: 'issued' | 'archived' | 'reserved' | 'external' | 'remaining',
): Promise<number> {
  const group = page
    .locator('dl > div')
    .filter({ has: page.getByText(t(`quota.states.${state}.name`), { exact: true }) });
  return Number((await group.locator('dd').last().textContent())?.replace(/\D/g, ''));
}
