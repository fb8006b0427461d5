import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { DemoApp } from './harness/demo-app';
import { expect, test } from './harness/demo-app';
import { choose, createCampaign } from './harness/forms';
import type { Texts } from './harness/texts';

const demoAppId = 'wxdemo0000000001';
const campaign = '全国门店立牌';
const rowCount = 5_000;
const header = ['名称', '渠道编号', '渠道名称', '城市', '场景值', '场景字符串', '有效期', 'key', '备注'];

type Row = { cells: string[]; issue?: { field: string | null; sentence: string } };

const written = (cells: string[]) =>
  cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');

/** As Excel saves "CSV UTF-8". */
const toFile = (rows: Row[]) =>
  Buffer.from(`\ufeff${[header, ...rows.map(({ cells }) => cells)].map(written).join('\r\n')}\r\n`);

function soundRow(n: number): Row {
  const number = String(n).padStart(4, '0');
  // A spreadsheet would take the first label for a formula.
  const label = n === 1 ? '=HYPERLINK("x") 门店' : `门店 ${number} 收银台`;
  const shop = String(Math.ceil(n / 500)).padStart(3, '0');
  return { cells: [label, `E2E-${shop}`, `第 ${shop} 店`, '上海', '', '', '', `row-${number}`, '不用'] };
}

/** Twelve faults, each of another kind, with what a person should read about it. */
function faultyRows(t: Texts, taken: [string, string]): ((cells: string[]) => Row)[] {
  const [one, other] = taken;
  const fault =
    (changes: Record<number, string>, field: Parameters<typeof name>[0] | null, sentence: string) =>
    (cells: string[]): Row => ({
      cells: cells.map((cell, place) => changes[place] ?? cell),
      issue: { field: field && name(field), sentence },
    });
  const name = (field: 'label' | 'scene' | 'expireSeconds' | 'key') => t(`batches.fields.${field}`);
  return [
    fault({ 0: '' }, 'label', t('fields.required')),
    fault({ 0: '长'.repeat(201) }, 'label', t('fields.tooLong', { max: 200 })),
    fault({ 0: '上一行\n下一行' }, 'label', t('fields.controlCharacters')),
    fault({ 4: '100001' }, 'scene', t('fields.sceneIdRange', { min: 1, max: 100_000 })),
    fault({ 5: '场'.repeat(22) }, 'scene', t('fields.sceneStrTooLong', { bytes: 66 })),
    fault({ 4: '90001', 5: 'both' }, 'scene', t('fields.sceneOneOf')),
    fault({ 4: one }, 'scene', t('fields.sceneIdTaken', { scene: one })),
    fault({ 5: other }, 'scene', t('fields.sceneTwin', { scene: other })),
    fault({ 6: '600' }, 'expireSeconds', t('fields.expiryOfPermanent')),
    fault({ 7: 'row-0001' }, 'key', t('fields.rowRepeated', { line: 2 })),
    fault({ 8: '长'.repeat(2_001) }, null, t('fields.cellTooLong', { max: 2_000 })),
    (cells) => ({
      cells: cells.slice(0, 4),
      issue: { field: null, sentence: t('fields.cellCount', { found: 4, wanted: header.length }) },
    }),
  ];
}

/** Integer scenes that codes of the demo hold. */
async function takenScenes({ rest }: DemoApp): Promise<[string, string]> {
  type List = { items: { scene: { id?: number } }[] };
  const { body } = await rest<List>('GET', '/codes?kind=permanent');
  const ids = body.items.flatMap(({ scene }) => scene.id ?? []);
  const [one, other] = ids;
  if (one === undefined || other === undefined) throw new Error('the demo has too few permanent codes');
  return [String(one), String(other)];
}

test.describe.configure({ mode: 'serial' });

test.describe('5,000 rows, in Chinese', () => {
  test.use({ locale: 'zh-CN', storageState: async ({ demo }, use) => use(demo.admin) });

  const sound = Array.from({ length: rowCount }, (_, place) => soundRow(place + 1));

  test('twelve faults are named, mended, and all codes are issued', async ({ page, demo, t }) => {
    test.setTimeout(400_000);
    await createCampaign(page, demo.url, t, { name: campaign });
    const makers = faultyRows(t, await takenScenes(demo));
    const faulty = sound.map((row, place) => {
      const maker = place % 400 === 399 ? makers[(place - 399) / 400] : undefined;
      return maker ? maker(row.cells) : row;
    });
    expect(faulty.filter(({ issue }) => issue)).toHaveLength(12);
    const quota = () => demo.rest<{ remaining: number }>('GET', '/quota');
    const before = (await quota()).body.remaining;
    const issuedBefore = (await demo.standIn.counts(demoAppId)).permanentInt;

    await page.goto(`${demo.url}/batches/new`);
    await choose(page, t('codes.new.campaign'), campaign);
    await page.getByRole('tab', { name: t('batches.new.ways.file') }).click();
    const file = page.getByLabel(t('batches.new.file'));
    await file.setInputFiles({ name: '门店.csv', mimeType: 'text/csv', buffer: toFile(faulty) });
    await page.getByRole('radio', { name: t('codes.new.permanent') }).click();
    await page.getByRole('button', { name: t('batches.new.check'), exact: true }).click();
    await expect(page.getByRole('heading', { name: t('batches.check.title') })).toBeVisible({
      timeout: 60_000,
    });

    const list = page.getByRole('list', { name: t('batches.check.faulty', { count: 12 }) });
    await expect(list.getByRole('listitem')).toHaveCount(12);
    let line = 2;
    for (const { cells, issue } of faulty) {
      if (issue) {
        const told = `${issue.field ? t('batches.check.fieldNamed', { name: issue.field }) : ''}${issue.sentence}`;
        const named = list.getByRole('listitem').filter({ hasText: t('batches.check.line', { line }) });
        await expect(named).toHaveCount(1);
        await expect(named).toContainText(told);
      }
      line += 1 + cells.join('').split('\n').length - 1;
    }
    await expect(page.getByText(t('batches.check.invalidTitle', { count: 12 }))).toBeVisible();
    const make = page.getByRole('button', { name: t('batches.new.make', { count: rowCount }) });
    await expect(make).toBeHidden();
    expect((await quota()).body.remaining, 'a dry run changes nothing').toBe(before);

    await file.setInputFiles({ name: '门店.csv', mimeType: 'text/csv', buffer: toFile(sound) });
    await page.getByRole('button', { name: t('batches.new.check'), exact: true }).click();
    await expect(
      page.getByText(t('batches.check.slots', { needed: rowCount, remaining: before })),
      'what it costs is said before it is spent',
    ).toBeVisible({ timeout: 60_000 });
    await make.click();
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/, { timeout: 120_000 });

    const heading = page.getByRole('heading', { level: 1, name: '门店.csv' });
    await expect(heading).toBeVisible();
    await expect(page, 'how far it is stands in the title').toHaveTitle(/^\d+% · 门店\.csv/);
    await page.reload();
    await expect(heading).toBeVisible();
    await expect(page.getByText(t('batches.state.done'), { exact: true })).toBeVisible({ timeout: 240_000 });
    await expect(page).toHaveTitle(/^门店\.csv/);
    await expect(
      page.getByText(t('batches.issuedOf', { issued: rowCount, total: rowCount }), { exact: true }),
    ).toBeVisible();
    expect((await quota()).body.remaining).toBe(before - rowCount);
    expect((await demo.standIn.counts(demoAppId)).permanentInt).toBe(issuedBefore + rowCount);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: t('batches.actions.download') }).click(),
    ]);
    const result = await readFile(await download.path(), 'utf8');
    const rows: Record<string, string>[] = parse(result, { columns: true, bom: true });
    expect(rows).toHaveLength(rowCount);
    expect(rows.every(({ status }) => status === 'issued')).toBe(true);
    expect(new Set(rows.map(({ url }) => url)).size).toBe(rowCount);
    expect(new Set(rows.map(({ scene }) => scene)).size).toBe(rowCount);
    expect(rows.map(({ key }) => key)).toEqual(sound.map(({ cells }) => cells[7]));
    expect(rows[0]?.label, 'no spreadsheet runs it').toBe(`'${sound[0]?.cells[0]}`);
    const issued = new Map(
      (await demo.standIn.codes(demoAppId)).map(({ url, scene }) => [url, String(scene)]),
    );
    for (const { url = '', scene } of rows) expect(issued.get(url)).toBe(scene);
  });

  test('the same file again would make nothing', async ({ page, demo, t }) => {
    await page.goto(`${demo.url}/batches/new`);
    await choose(page, t('codes.new.campaign'), campaign);
    await page.getByRole('tab', { name: t('batches.new.ways.file') }).click();
    const again = { name: '门店.csv', mimeType: 'text/csv', buffer: toFile(sound) };
    await page.getByLabel(t('batches.new.file')).setInputFiles(again);
    await page.getByRole('radio', { name: t('codes.new.permanent') }).click();
    await page.getByRole('button', { name: t('batches.new.check'), exact: true }).click();
    await expect(page.getByText(t('batches.check.nothingNew', { known: rowCount }))).toBeVisible({
      timeout: 60_000,
    });
  });

  test('a pasted table becomes codes', async ({ page, demo, t }) => {
    await page.goto(`${demo.url}/batches`);
    // Before the page's script runs nobody hears a key.
    await expect(async () => {
      await page.keyboard.press('c');
      await page.waitForURL('**/batches/new', { timeout: 2_000 });
    }).toPass();
    await choose(page, t('codes.new.campaign'), campaign);
    await page.getByRole('tab', { name: t('batches.new.ways.paste') }).click();
    const pasted = ['名称\t城市', ...Array.from({ length: 3 }, (_, place) => `粘贴 ${place + 1}\t杭州`)];
    await page.getByLabel(t('batches.new.pasted')).fill(pasted.join('\n'));
    await page.getByRole('button', { name: t('batches.new.check'), exact: true }).click();
    await page.getByRole('button', { name: t('batches.new.make', { count: 3 }) }).click();
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/);
    await expect(page.getByText(t('batches.state.done'), { exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('link', { name: '粘贴 3' })).toBeVisible();
  });
});
