import { expect, test } from './harness/demo-app';
import { createCampaign, createCode } from './harness/forms';

const campaign = 'Tagged by what they scan';
const label = 'Counter, tagged';
const tag = 'Till side';
const appId = 'wxdemo0000000001';

type Followers = { items: { openid: string; tags: number[] }[] };

test.describe('a tag that marks followers', () => {
  test.use({ locale: 'en', storageState: async ({ demo }, use) => use(demo.admin) });

  test('is put on a code from the list, filters it, and is put on who scans it, at WeChat', async ({
    page,
    context,
    demo,
    t,
  }) => {
    await createCampaign(page, demo.url, t, { name: campaign });
    const codeId = await createCode(page, demo.url, t, { campaign, label, kind: 'permanent' });

    await page.goto(`${demo.url}/codes/tags`);
    await page.getByRole('button', { name: t('tags.create') }).click();
    const making = page.getByRole('dialog', { name: t('tags.create') });
    await making.getByLabel(t('tags.fields.name')).fill(tag);
    await making.getByRole('checkbox', { name: t('tags.fields.marks') }).click();
    await making.getByRole('button', { name: t('tags.create') }).click();
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: tag, exact: true }) });
    await expect(row.getByText(t('tags.marked', { count: 0 }))).toBeVisible();
    await expect(row.getByRole('switch', { name: t('tags.marksLabel', { name: tag }) })).toBeChecked();

    await page.goto(`${demo.url}/codes?q=${encodeURIComponent(label)}`);
    await page.getByRole('checkbox', { name: t('common.selectRow', { label }) }).click();
    await page.getByRole('button', { name: t('tags.bulk.action'), exact: true }).click();
    const dialog = page.getByRole('dialog', { name: t('tags.bulk.title', { count: 1 }) });
    await dialog.getByRole('button', { name: t('tags.picker.add') }).click();
    await page.getByPlaceholder(t('tags.picker.search')).fill(tag.slice(0, 4));
    await page.getByRole('option', { name: tag }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: t('tags.bulk.submit') }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(t('tags.bulk.done', { count: 1 }))).toBeVisible();

    await page.goto(`${demo.url}/codes`);
    await page.getByRole('button', { name: t('codes.filters.tag'), exact: true }).click();
    await page.getByRole('menuitemradio', { name: tag }).click();
    await page.waitForURL(/tagId=[0-9a-f-]{36}/);
    await expect(page.getByRole('link', { name: label })).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);

    const { body: code } = await demo.rest<{
      ticket: string;
      scene: { id: number };
      tags: { name: string }[];
    }>('GET', `/codes/${codeId}`);
    expect(code.tags.map(({ name }) => name)).toEqual([tag]);
    const standIn = await context.newPage();
    await standIn.goto(`${demo.standIn.url}/?lang=en&q=${code.scene.id}&kind=permanent`);
    const scanned = standIn.waitForResponse((response) => response.url().includes('/_sim/scan'));
    await standIn.locator(`li[data-ticket="${code.ticket}"] [data-do="scan-new"]`).click();
    const { openid } = (await scanned).request().postDataJSON() as { openid: string };

    // The page of the stand-in reads it again by itself, a little later.
    await expect(standIn.locator(`#people option[value="${openid}"]`)).toHaveText(`${openid} · ${tag}`);
    const answer = await fetch(`${demo.standIn.url}/_sim/followers?appId=${appId}&limit=10000`);
    const { items } = (await answer.json()) as Followers;
    expect(items.find((person) => person.openid === openid)?.tags).toHaveLength(1);

    await page.goto(`${demo.url}/codes/tags`);
    await expect(row.getByText(t('tags.marked', { count: 1 }))).toBeVisible();

    // Switched off, it is put on nobody any more.
    await row.getByRole('switch').click();
    await expect(page.getByText(t('tags.switchedOff', { name: tag }))).toBeVisible();
    const next = standIn.waitForResponse((response) => response.url().includes('/_sim/scan'));
    await standIn.locator(`li[data-ticket="${code.ticket}"] [data-do="scan-new"]`).click();
    expect((await next).ok()).toBe(true);
    await page.reload();
    await expect(row.getByText(t('tags.marked', { count: 1 }))).toBeVisible();
    await expect(row.getByText(t('tags.waiting', { count: 1 }))).toBeHidden();
  });
});
