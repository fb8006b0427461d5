import { expect, type Locator, type Page } from '@playwright/test';
import type { Texts } from './texts';

export type NewAccount = { name: string; appId: string; secret: string };

export const onward = (page: Page, t: Texts) =>
  page.getByRole('button', { name: t('common.actions.continue'), exact: true }).click();

/** Where the guided set-up is, by the step that it shows. */
const expectStep = (page: Page, step: string) =>
  expect(page.locator(`[data-set-up-step="${step}"]`)).toBeVisible();

/** One line of the connection test. */
export const testStep = (page: Page, step: string): Locator => page.locator(`[data-step="${step}"]`);

/** The set-up from its first step to the live test, which has begun when this ends. */
export async function setUpToTest(page: Page, url: string, t: Texts, account: NewAccount): Promise<void> {
  await page.goto(`${url}/settings/accounts/new`);
  await expectStep(page, 'kind');
  await onward(page, t);
  await expectStep(page, 'credentials');
  await page.getByLabel(t('accounts.fields.name'), { exact: true }).fill(account.name);
  await page.getByLabel(t('accounts.fields.appId'), { exact: true }).fill(account.appId);
  await page.getByRole('textbox', { name: t('accounts.token.appSecret') }).fill(account.secret);
  await onward(page, t);
  await expectStep(page, 'whitelist');
  await onward(page, t);
  await saveAndTest(page, t);
}

export async function saveAndTest(page: Page, t: Texts): Promise<void> {
  await expectStep(page, 'token');
  await page.getByRole('button', { name: t('accounts.setUp.token.saveAndTest') }).click();
  await expectStep(page, 'test');
}

/** Goes back from the test, enters another secret and tests again. */
export async function correctSecret(page: Page, t: Texts, secret: string): Promise<void> {
  await page.getByRole('button', { name: t('accounts.setUp.names.credentials') }).click();
  await expectStep(page, 'credentials');
  await page.getByRole('button', { name: t('accounts.secret.replace') }).click();
  await page.getByRole('textbox', { name: t('accounts.token.appSecret') }).fill(secret);
  await onward(page, t);
  await expectStep(page, 'whitelist');
  await onward(page, t);
  await saveAndTest(page, t);
}

/** Says which permanent scenes other systems have used; ends on the last step. */
export async function declareOthers(
  page: Page,
  t: Texts,
  others: { ranges: string; strs: string } | 'none',
): Promise<void> {
  await expectStep(page, 'others');
  await page
    .getByRole('radio', { name: t(`accounts.external.${others === 'none' ? 'none' : 'some'}.title`) })
    .click();
  if (others !== 'none') {
    await page.getByLabel(t('accounts.external.ranges')).fill(others.ranges);
    await page.getByLabel(t('accounts.external.strs')).fill(others.strs);
  }
  await onward(page, t);
  await expectStep(page, 'done');
}
