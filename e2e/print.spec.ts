import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Download } from '@playwright/test';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { decodePicture } from './harness/decode-symbol';
import { expect, test } from './harness/demo-app';

type ListedCode = { label: string; url: string | null; scene: { id: number } | { str: string } };

/** Opens a ZIP as others do, by its directory. */
function unzip(file: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(file, { lazyEntries: true }, (opening, zip: ZipFile) => {
      if (opening) return reject(opening);
      const found = new Map<string, Buffer>();
      zip.on('entry', (entry: Entry) =>
        zip.openReadStream(entry, async (error, stream) => {
          if (error) return reject(error);
          const parts: Buffer[] = [];
          for await (const part of stream) parts.push(part);
          found.set(entry.fileName, Buffer.concat(parts));
          zip.readEntry();
        }),
      );
      zip.on('end', () => resolve(found));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

/** RFC 4180. */
function readRows(csv: string): Record<string, string>[] {
  const [head = [], ...rows] = csv
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
        (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
      ),
    );
  return rows.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])));
}

const bytesOf = async (download: Download) => readFile(await download.path());

test.describe('print files, in Chinese', () => {
  test.use({ locale: 'zh-CN', storageState: async ({ demo }, use) => use(demo.admin) });

  test('a ZIP of all codes: each file is the code that its row names; then a link for the shop', async ({
    page,
    browser,
    demo,
    t,
    watch,
  }) => {
    test.setTimeout(180_000);
    await page.goto(`${demo.url}/print`);
    const alsoTemporary = new RegExp(t('exports.studio.temporary', { count: 0 }).replace('0', '\\d+'));
    await page.getByRole('checkbox', { name: alsoTemporary }).check();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: t('exports.studio.download'), exact: true }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^qudao-\d{4}-\d\d-\d\d-\d+-codes\.zip$/);
    const entries = await unzip(await bytesOf(download));
    const rows = readRows(entries.get('manifest.csv')?.toString() ?? '');
    expect(rows.length).toBe(entries.size - 1);

    const { body } = await demo.rest<{ items: ListedCode[] }>('GET', '/codes?limit=200');
    const listed = new Map(body.items.map((code) => [code.url, code]));
    for (const { file = '', label, scene, url = '', sha256 } of rows) {
      const code = listed.get(url);
      expect(code?.label, file).toBe(label);
      expect(code && String('id' in code.scene ? code.scene.id : code.scene.str), file).toBe(scene);
      const bytes = entries.get(file) ?? Buffer.alloc(0);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(await decodePicture(bytes), file).toBe(url);
    }

    await page.getByRole('button', { name: t('exports.studio.prepare') }).click();
    await page.waitForURL(/\/print\/exports/);
    const prepared = page.getByRole('row').nth(1);
    await prepared.getByRole('button', { name: t('exports.share.action') }).click({ timeout: 60_000 });
    await page.getByLabel(t('exports.share.password')).fill('press 42');
    await page.getByRole('button', { name: t('exports.share.create') }).click();
    const link = page.locator('input[value*="/share/"]');
    await expect(link).toBeVisible();
    const address = await link.inputValue();

    const stranger = await browser.newContext({ locale: 'zh-CN', acceptDownloads: true });
    watch.add(stranger);
    const shop = await stranger.newPage();
    await shop.goto(address);
    const password = shop.getByLabel(t('exports.shared.password'));
    await password.fill('press 41');
    await shop.getByRole('button', { name: t('exports.shared.open') }).click();
    await expect(shop.getByText(t('fields.sharePasswordWrong'))).toBeVisible();
    await password.fill('press 42');
    await shop.getByRole('button', { name: t('exports.shared.open') }).click();
    const fetched = shop.waitForEvent('download');
    await shop.getByRole('link', { name: t('exports.shared.download') }).click();
    const again = await unzip(await bytesOf(await fetched));
    expect([...again.keys()].sort()).toEqual([...entries.keys()].sort());
    await stranger.close();
  });

  test('a client that goes away stops the work', async ({ demo }) => {
    const cookie = demo.admin.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const leaving = new AbortController();
    // Pictures of 17 MB each: none that a socket would swallow whole.
    const response = await fetch(`${demo.url}/api/exports?temporary=ok&format=tiff&mm=250&dpi=1200`, {
      headers: { cookie },
      signal: leaving.signal,
    });
    expect(response.status).toBe(200);
    const length = Number(response.headers.get('content-length'));
    expect(length).toBeGreaterThan(1_000_000);
    await response.body?.getReader().read();
    leaving.abort();
    const id = response.headers.get('x-export-id');
    await expect
      .poll(async () => (await demo.rest('GET', `/exports/${id}`)).body, { timeout: 30_000 })
      .toMatchObject({ state: 'cancelled' });
  });
});
