import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import { open, seal, sign } from '../simulator/cipher';
import { type DemoApp, expect, test } from './harness/demo-app';
import { addRelay, createCampaign, createCode } from './harness/forms';

/** What the stand-in says in its own name. */
const standInTexts = JSON.parse(
  readFileSync(new URL('../simulator/messages/en.json', import.meta.url), 'utf8'),
) as Record<string, string>;

/** The code's place on the stand-in's page. */
async function openStandIn(page: Page, demo: DemoApp, codeId: string): Promise<Locator> {
  type Code = { ticket: string; scene: { id: number } };
  const { body } = await demo.rest<Code>('GET', `/codes/${codeId}`);
  await page.goto(`${demo.standIn.url}/?lang=en&q=${body.scene.id}&kind=permanent`);
  return page.locator(`li[data-ticket="${body.ticket}"]`);
}

/** Scans, and gives what the person then has before them in the chat. */
async function scanAs(card: Locator, who: 'scan-new' | 'scan-follower'): Promise<Locator> {
  const answered = card.page().waitForResponse((response) => response.url().includes('/_sim/scan'));
  await card.locator(`[data-do="${who}"]`).click();
  expect((await answered).ok()).toBe(true);
  return card.getByRole('group');
}

type Taken = { query: URLSearchParams; body: string };
type Reply = (taken: Taken) => string;

/** A system of the company: keeps what it gets, and answers as it is told. */
async function startSystem() {
  const taken: Taken[] = [];
  const answers: { reply: Reply } = { reply: () => 'success' };
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { query: new URL(request.url ?? '/', 'http://x').searchParams, body };
    taken.push(one);
    response.end(answers.reply(one));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wechat`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, taken, answers, stop };
}

type Entered = { appId: string; token: string; encodingAesKey: string };

const field = (xml: string, name: string) =>
  new RegExp(`<${name}><!\\[CDATA\\[(.*?)\\]\\]></${name}>`, 's').exec(xml)?.[1] ?? '';

/** Opens a push as WeChat's documentation tells a receiver to, with code that is not the app's. */
function openAsReceiver({ token, encodingAesKey, appId }: Entered, { query, body }: Taken): string {
  const encrypted = field(body, 'Encrypt');
  const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
  expect(query.get('msg_signature')).toBe(sign(token, timestamp, nonce, encrypted));
  const opened = open(encodingAesKey, encrypted);
  expect(opened?.appId).toBe(appId);
  return opened?.message ?? '';
}

test.describe('what a scan is answered with', () => {
  test.use({ locale: 'en', storageState: async ({ demo }, use) => use(demo.admin) });

  test('a reply of the code is seen by somebody new and, worded otherwise, by a follower', async ({
    page,
    context,
    demo,
    t,
  }) => {
    const campaign = 'Answers at the counter';
    await createCampaign(page, demo.url, t, { name: campaign });
    const codeId = await createCode(page, demo.url, t, { campaign, label: 'Counter', kind: 'permanent' });
    await page.goto(`${demo.url}/codes/${codeId}`);
    await expect(page.getByText(t('replies.none.title'))).toBeVisible();
    await page.getByRole('button', { name: t('replies.create'), exact: true }).click();
    const dialog = page.getByRole('dialog');
    const text = dialog.getByRole('textbox', { name: t('replies.fields.text') });

    // Between two words, at the cursor.
    await text.fill('Welcome at , have a <a href="https://a.example/">coffee</a>');
    await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(11, 11));
    await dialog.getByRole('button', { name: '{label}' }).click();
    await expect(text).toHaveValue('Welcome at {label}, have a <a href="https://a.example/">coffee</a>');
    await expect(dialog.getByRole('figure')).toContainText('Welcome at Counter, have a coffee');
    const left = 2048 - Buffer.byteLength(await text.inputValue());
    await expect(dialog.getByText(t('replies.bytes.left', { left }))).toBeVisible();
    await dialog.getByRole('checkbox', { name: t('replies.differs') }).click();
    await dialog.getByRole('button', { name: t('common.actions.save') }).click();
    await expect(text.nth(1), 'the second one is empty yet').toHaveAttribute('aria-invalid', 'true');
    await text.nth(1).fill('Back at {campaign}, {channel}scene {scene}');
    await dialog.getByRole('button', { name: t('common.actions.save') }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(t('replies.applies.own'))).toBeVisible();

    const standIn = await context.newPage();
    const card = await openStandIn(standIn, demo, codeId);
    const welcome = (await scanAs(card, 'scan-new')).locator('.words');
    await expect(welcome).toHaveText('Welcome at Counter, have a coffee');
    await expect(welcome.locator('.link')).toHaveText('coffee');
    const scene = await card.locator('.scene').textContent();
    const again = (await scanAs(card, 'scan-follower')).locator('.words');
    await expect(again).toHaveText(`Back at ${campaign}, scene ${scene}`);

    // A card instead of a text, from the campaign, once the code has none of its own.
    await page.getByRole('button', { name: t('replies.remove'), exact: true }).click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: t('replies.remove') })
      .click();
    await expect(page.getByText(t('replies.none.title'))).toBeVisible();
    await expect(await scanAs(card, 'scan-new')).toBeHidden();
    await page.getByRole('link', { name: campaign }).first().click();
    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: t('replies.create'), exact: true }).click();
    await dialog.getByRole('radio', { name: t('replies.kind.news') }).click();
    await dialog.getByLabel(t('replies.fields.title')).fill('Menu of ');
    await dialog.getByRole('button', { name: '{label}' }).click();
    await dialog.getByLabel(t('replies.fields.pictureUrl')).fill('https://a.example/menu.jpg');
    await dialog.getByLabel(t('replies.fields.url')).fill('https://a.example/menu');
    await dialog.getByRole('button', { name: t('common.actions.save') }).click();
    await expect(dialog).toBeHidden();
    const article = await scanAs(card, 'scan-new');
    await expect(article).toContainText('Menu of Counter');
    await expect(article).toContainText('https://a.example/menu.jpg');
    await page.goto(`${demo.url}/codes/${codeId}`);
    await expect(
      page.getByRole('link', { name: t('replies.applies.campaign', { name: campaign }) }),
    ).toBeVisible();
  });

  test('a system of one’s own gets the push under its own seal, may answer, and gets it again on request', async ({
    page,
    context,
    demo,
    t,
  }) => {
    const campaign = 'Shared with the CRM';
    await createCampaign(page, demo.url, t, { name: campaign });
    const codeId = await createCode(page, demo.url, t, { campaign, label: 'Door', kind: 'permanent' });
    const system = await startSystem();
    try {
      const crm = { name: 'Company CRM', url: system.url, isPrivate: true, answers: true };
      const entered = await addRelay(page, demo.url, t, crm);
      system.answers.reply = (taken) => {
        const push = openAsReceiver(entered, taken);
        const [to, from] = [field(push, 'FromUserName'), field(push, 'ToUserName')];
        const xml = `<xml><ToUserName>${to}</ToUserName><FromUserName>${from}</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>from the CRM</Content></xml>`;
        const nonce = taken.query.get('nonce') ?? '';
        const encrypted = seal(entered.encodingAesKey, entered.appId, xml);
        const signature = sign(entered.token, '77', nonce, encrypted);
        return `<xml><Encrypt>${encrypted}</Encrypt><MsgSignature>${signature}</MsgSignature><TimeStamp>77</TimeStamp><Nonce>${nonce}</Nonce></xml>`;
      };

      const standIn = await context.newPage();
      const card = await openStandIn(standIn, demo, codeId);
      await expect(await scanAs(card, 'scan-new')).toContainText('from the CRM');
      expect(system.taken).toHaveLength(1);
      const [first] = system.taken as [Taken];
      expect(field(openAsReceiver(entered, first), 'Event')).toBe('subscribe');

      await page.getByRole('link', { name: crm.name }).click();
      const log = page.getByRole('table', { name: t('deliveries.log') });
      const row = log.getByRole('row').filter({ hasText: 'event.subscribe' });
      await expect(row).toContainText(t('deliveries.states.delivered'));
      system.answers.reply = () => 'success';
      await row.getByRole('button', { name: t('deliveries.repeat') }).click();
      await expect.poll(() => system.taken.length, { timeout: 30_000 }).toBe(2);
      const again = system.taken[1] as Taken;
      expect(openAsReceiver(entered, again)).toBe(openAsReceiver(entered, first));
      expect(again.query.get('nonce'), 'sealed afresh').not.toBe(first.query.get('nonce'));

      // What the answer became invalid with is WeChat's notice to the person; the app passes on nothing of it.
      system.answers.reply = () => '{"errcode":0}';
      await expect(await scanAs(card, 'scan-follower')).toBeHidden();

      await page.getByRole('button', { name: t('relays.switchOff') }).click();
      await expect(page.getByText(t('relays.offTitle'))).toBeVisible();
      const before = system.taken.length;
      await expect(await scanAs(card, 'scan-follower')).toBeHidden();
      await page.getByRole('button', { name: t('relays.remove'), exact: true }).click();
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: t('relays.remove') })
        .click();
      await page.waitForURL(/\/settings\/relays$/);
      await expect(page.getByRole('link', { name: crm.name })).toBeHidden();
      expect(system.taken).toHaveLength(before);
    } finally {
      system.stop();
    }
  });

  test('the stand-in shows WeChat’s own notice where an answer is none', async ({ page, demo }) => {
    const system = await startSystem();
    try {
      system.answers.reply = () => '{"errcode":0}';
      const appId = 'wxnotice00000001';
      const account = { appId, secret: 's', name: 'Notice', pushUrl: system.url, pushToken: 'token' };
      await demo.standIn.register(account);
      const ask = async (path: string, body?: object) => {
        const response = await fetch(`${demo.standIn.url}${path}`, {
          ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
        });
        return (await response.json()) as Record<string, string>;
      };
      const grant = `grant_type=client_credential&appid=${appId}&secret=s`;
      const { access_token: token } = await ask(`/cgi-bin/token?${grant}`);
      await ask(`/cgi-bin/qrcode/create?access_token=${token}`, {
        ...{ action_name: 'QR_LIMIT_SCENE', action_info: { scene: { scene_id: 7 } } },
      });
      await page.goto(`${demo.standIn.url}/?lang=en&account=${appId}`);
      const shown = await scanAs(page.locator('.codes li'), 'scan-new');
      await expect(shown).toHaveText(standInTexts['chat.unavailable'] ?? '');
      system.answers.reply = () => 'success';
      await expect(await scanAs(page.locator('.codes li'), 'scan-follower')).toBeHidden();
    } finally {
      system.stop();
    }
  });
});
