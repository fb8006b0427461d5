import { expect, type Page } from '@playwright/test';
import type { Texts } from './texts';

/** Chooses from a combobox by typing, as a person with many entries does. */
export async function choose(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('dialog').getByRole('combobox').fill(text);
  await page.getByRole('option', { name: text }).first().click();
}

/** Makes a campaign through its dialog; ends on its page. */
export async function createCampaign(
  page: Page,
  url: string,
  t: Texts,
  { name, startsOn, endsOn }: { name: string; startsOn?: string; endsOn?: string },
): Promise<void> {
  await page.goto(`${url}/campaigns`);
  await page.getByRole('button', { name: t('campaigns.create') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('campaigns.fields.name')).fill(name);
  if (startsOn) await dialog.getByLabel(t('campaigns.fields.startsOn')).fill(startsOn);
  if (endsOn) await dialog.getByLabel(t('campaigns.fields.endsOn')).fill(endsOn);
  await dialog.getByRole('button', { name: t('common.actions.create') }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

export type NewCode = {
  campaign: string;
  channel?: string;
  label: string;
  kind: 'permanent' | 'temporary';
  /** Left out: the next free one. */
  scene?: { id: number } | { str: string };
  /** One of the pick list. */
  expireSeconds?: '3600' | '86400' | '604800';
};

/** Fills in the form of a new code without sending it. */
export async function fillNewCode(page: Page, url: string, t: Texts, code: NewCode): Promise<void> {
  await page.goto(`${url}/codes/new`);
  await choose(page, t('codes.new.campaign'), code.campaign);
  if (code.channel) await choose(page, t('codes.new.channel'), code.channel);
  await page.getByLabel(t('codes.new.label'), { exact: true }).fill(code.label);
  await page.getByRole('radio', { name: t(`codes.new.${code.kind}`) }).click();
  if (code.expireSeconds) await page.getByLabel(t('codes.new.expiry')).selectOption(code.expireSeconds);
  if (!code.scene) return;
  await page.getByText(t('codes.new.advanced'), { exact: true }).click();
  if ('id' in code.scene) {
    await page.getByRole('radio', { name: t('codes.new.sceneId') }).click();
    await page.getByLabel(t('codes.new.sceneIdLabel')).fill(String(code.scene.id));
  } else {
    await page.getByRole('radio', { name: t('codes.new.sceneStr') }).click();
    await page.getByLabel(t('codes.new.sceneStrLabel')).fill(code.scene.str);
  }
}

/** Makes a code through the form and waits until WeChat has issued it. @returns its id, of the page that it ends on */
export async function createCode(page: Page, url: string, t: Texts, code: NewCode): Promise<string> {
  await fillNewCode(page, url, t, code);
  await page.getByRole('button', { name: t('codes.new.submit') }).click();
  await page.waitForURL(/\/codes\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1, name: code.label })).toBeVisible();
  await expect(page.getByRole('img', { name: t('common.symbolOf', { label: code.label }) })).toBeVisible();
  return page.url().split('/').at(-1) ?? '';
}

/** Adds a relay of all pushes through its dialog, with a token and a key as generated. @returns what to enter over there */
export async function addRelay(
  page: Page,
  url: string,
  t: Texts,
  relay: { name: string; url: string; isPrivate?: boolean; answers?: boolean },
): Promise<{ appId: string; token: string; encodingAesKey: string }> {
  await page.goto(`${url}/settings/relays`);
  await page.getByRole('button', { name: t('relays.create') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('relays.name'), { exact: true }).fill(relay.name);
  await dialog.getByLabel(t('relays.url'), { exact: true }).fill(relay.url);
  if (relay.isPrivate) await dialog.getByRole('checkbox', { name: t('relays.allowPrivate') }).click();
  for (const what of ['token', 'encodingAesKey'] as const) {
    const name = t('relays.generateNamed', { what: t(`relays.${what}`) });
    await dialog.getByRole('button', { name, exact: true }).click();
  }
  if (relay.answers) await dialog.getByRole('checkbox', { name: t('relays.answers') }).click();
  await dialog.getByRole('button', { name: t('common.actions.add') }).click();
  await expect(dialog.getByText(t('relays.enterThere.text', { name: relay.name }))).toBeVisible();
  const shownAs = (name: string) => dialog.getByLabel(name, { exact: true }).inputValue();
  const entered = {
    appId: await shownAs(t('relays.enterThere.appId')),
    token: await shownAs(t('relays.token')),
    encodingAesKey: await shownAs(t('relays.encodingAesKey')),
  };
  await dialog.getByRole('button', { name: t('common.actions.done') }).click();
  await expect(page.getByRole('link', { name: relay.name })).toBeVisible();
  return entered;
}
