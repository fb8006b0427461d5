import { type BrowserContext, expect, type Page } from '@playwright/test';
import type { Texts } from './texts';

/** Opens a one-time link for signing in and spends it, as its owner does. */
export async function signInWithLink(page: Page, link: string, t: Texts): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: t('auth.link.sign_in.submit') }).click();
  await expectSignedIn(page, t);
}

/** The link that makes the first admin, or accepts an invitation: fills in what its page asks for. */
export async function acceptLink(
  page: Page,
  link: string,
  t: Texts,
  purpose: 'first_run' | 'invitation',
  { email, name, password }: { email?: string; name: string; password: string },
): Promise<void> {
  await page.goto(link);
  // An invitation knows whom it is for.
  if (email && purpose === 'first_run') await page.getByLabel(t('auth.email')).fill(email);
  await page.getByLabel(t('auth.name'), { exact: true }).fill(name);
  await page.getByLabel(t('auth.newPassword'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t(`auth.link.${purpose}.submit`) }).click();
  await expectSignedIn(page, t);
}

export async function signInWithPassword(
  page: Page,
  url: string,
  t: Texts,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel(t('auth.email')).fill(email);
  await page.getByLabel(t('auth.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('auth.signIn'), exact: true }).click();
}

export async function signOut(page: Page, t: Texts): Promise<void> {
  await page.getByRole('button', { name: t('shell.user.menu') }).click();
  await page.getByRole('menuitem', { name: t('shell.user.signOut') }).click();
  await page.waitForURL('**/sign-in**');
}

export async function expectSignedIn(page: Page, t: Texts): Promise<void> {
  await expect(page.getByRole('navigation', { name: t('shell.navigation') })).toBeVisible();
}

export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;
