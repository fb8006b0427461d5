import type { Locator, Page } from '@playwright/test';
import type { FigureName } from '../lib/analytics/types';
import { expect, test } from './harness/demo-app';
import { createCampaign, createCode } from './harness/forms';
import type { Texts } from './harness/texts';

const campaign = 'Scans come home';
const label = 'Counter, door side';

type Summary = { scans: number; newFollowers: number; unfollows: number; netFollowers: number };

/** What a figure says, read by its name. */
async function figureOf(page: Page, t: Texts, name: FigureName): Promise<number> {
  const figure = t(`analytics.figures.${name}`);
  const help = page.getByRole('button', { name: t('analytics.whatIsCounted', { figure }) }).first();
  const value = help.locator('xpath=ancestor::p[1]/following-sibling::p[1]');
  return Number(((await value.textContent()) ?? '').replace(/[^\d-]/g, ''));
}

/** Presses a button at a code of the stand-in's page, and waits until the push has been answered. */
async function press(standIn: Page, at: Locator, what: string): Promise<void> {
  const answered = standIn.waitForResponse((response) => response.url().includes('/_sim/'));
  await at.locator(`[data-do="${what}"]`).first().click();
  expect((await answered).ok()).toBe(true);
}

test.describe('a scan by somebody new', () => {
  test.use({ locale: 'en', storageState: async ({ demo }, use) => use(demo.admin) });

  test('moves the feed and the code’s picture without reloading; an unfollow moves the funnel; the CSV agrees', async ({
    page,
    context,
    demo,
    t,
  }) => {
    await createCampaign(page, demo.url, t, { name: campaign });
    const codeId = await createCode(page, demo.url, t, { campaign, label, kind: 'permanent' });
    const { body: code } = await demo.rest<{ ticket: string; scene: { id: number } }>(
      'GET',
      `/codes/${codeId}`,
    );
    const summaryOf = async () => {
      const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
      const { body } = await demo.rest<Summary>(
        'GET',
        `/analytics/summary?from=${today}&to=${today}&codeId=${codeId}`,
      );
      return { ...body, today };
    };
    expect(await summaryOf()).toMatchObject({ scans: 0, newFollowers: 0, unfollows: 0 });

    const overview = await context.newPage();
    await overview.goto(demo.url);
    await expect(overview.getByText(t('analytics.feed.connected'))).toBeVisible();
    await page.goto(`${demo.url}/codes/${codeId}`);
    await expect(page.getByText(t('analytics.picture.none'))).toBeVisible();
    let loads = 0;
    for (const each of [page, overview]) each.on('load', () => loads++);

    const standIn = await context.newPage();
    await standIn.goto(`${demo.standIn.url}/?lang=en&q=${code.scene.id}&kind=permanent`);
    const card = standIn.locator(`li[data-ticket="${code.ticket}"]`);
    await press(standIn, card, 'scan-new');

    const feed = overview.getByRole('list', { name: t('analytics.feed.title') });
    await expect(feed.getByRole('link', { name: label })).toBeVisible();
    await expect(feed.getByText(t('analytics.feed.subscribe')).first()).toBeVisible();
    await expect(async () => expect(await figureOf(page, t, 'newFollowers')).toBe(1)).toPass();
    await expect(page.getByText(t('analytics.picture.none'))).toBeHidden();
    expect(await summaryOf()).toMatchObject({ scans: 1, newFollowers: 1, unfollows: 0, netFollowers: 1 });

    // The same person, who follows now, scans again, then leaves.
    await standIn.reload();
    await press(standIn, card, 'scan-follower');
    await expect(async () => expect(await figureOf(page, t, 'scans')).toBe(2)).toPass();
    await press(standIn, standIn.locator('body'), 'unfollow');
    await expect(async () => expect(await figureOf(page, t, 'unfollows')).toBe(1)).toPass();
    expect(loads, 'nothing was loaded again').toBe(0);
    const after = await summaryOf();
    expect(after).toMatchObject({ scans: 2, newFollowers: 1, unfollows: 1, netFollowers: 0 });

    await page.goto(`${demo.url}/analytics?view=followers&codeId=${codeId}`);
    await expect(page.getByRole('heading', { name: t('analytics.followers.funnel.title') })).toBeVisible();

    const range = `from=${after.today}&to=${after.today}`;
    const address = `/analytics/series?${range}&codeId=${codeId}&by=day`;
    const csv = await demo.rest('GET', address, undefined, { accept: 'text/csv' });
    expect(csv.status).toBe(200);
    const [head = '', row = ''] = csv.text
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/);
    const cells = Object.fromEntries(head.split(',').map((name, place) => [name, row.split(',')[place]]));
    expect(Number(cells.scans)).toBe(after.scans);
    expect(Number(cells.unfollows)).toBe(after.unfollows);
  });
});
