import { afterEach, beforeEach, expect, test } from 'vitest';
import en from './messages/en.json';
import zh from './messages/zh-CN.json';
import { APP_ID, type Rig, startRig } from './rig';

let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

async function page(search = '', headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(`${rig.base}/${search}`, { headers })).text();
}

test('both languages say the same things, with the same gaps to fill', () => {
  const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  expect(Object.keys(zh)).toEqual(Object.keys(en));
  for (const key of Object.keys(en) as (keyof typeof en)[]) expect(gaps(zh[key])).toEqual(gaps(en[key]));
});

test('the language is the one asked for, else the browser’s, else Chinese', async () => {
  expect(await page()).toContain('<html lang="zh-CN">');
  expect(await page('', { 'Accept-Language': 'fr,en;q=0.8,zh;q=0.5' })).toContain('<html lang="en">');
  expect(await page('?lang=zh-CN', { 'Accept-Language': 'en' })).toContain('<html lang="zh-CN">');
});

test('an empty page teaches how to register an account, at its own address', async () => {
  const html = await page('?lang=en');
  expect(html).toContain(en.noAccountsTitle);
  expect(html).toContain(`${rig.base}/_sim/accounts`);
});

test('codes are listed latest first, searched, filtered and paged; texts of others are escaped', async () => {
  await rig.account({ name: '<b>咖啡</b>' });
  for (let id = 1; id <= 21; id += 1) await rig.permanent(id);
  await rig.temporary('<script>alert(1)</script>', 60);
  const first = await page('?lang=en');
  expect(first).toContain('&lt;b&gt;咖啡&lt;/b&gt;');
  expect(first).not.toContain('<script>alert');
  const scenes = (html: string) => [...html.matchAll(/class="scene">([^<]*)</g)].map((match) => match[1]);
  expect(scenes(first)).toHaveLength(20);
  expect(scenes(first)[1]).toBe('21');
  expect(scenes(await page('?page=2'))).toEqual(['2', '1']);
  expect(scenes(await page(`?account=${APP_ID}&q=2`))).toEqual(['21', '20', '12', '2']);
  expect(scenes(await page('?kind=temporary'))).toEqual(['&lt;script&gt;alert(1)&lt;/script&gt;']);
  expect(await page('?lang=en&q=none')).toContain(en.noneFound);
});

test('only its own script runs', async () => {
  await rig.account();
  const response = await fetch(`${rig.base}/`);
  const policy = response.headers.get('content-security-policy') ?? '';
  const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
  const html = await response.text();
  expect(html.match(/<script[^>]*>/g)).toEqual([`<script nonce="${nonce}">`]);
  expect(policy).toContain("default-src 'none'");
});
