import type { Page } from '@playwright/test';
import type { UserRole } from '../../lib/people/types';
import type { Texts } from './texts';

export const passwordFor = (name: string) => `lamp-river-${name}-oak`;

/** Invites somebody through the dialog. @returns the link that the admin hands on */
export async function invite(
  page: Page,
  url: string,
  t: Texts,
  person: { email: string; name: string; role: UserRole; accounts?: string[] },
): Promise<string> {
  await page.goto(`${url}/settings/people`);
  await page.getByRole('button', { name: t('people.invite') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('people.email')).fill(person.email);
  await dialog.getByLabel(t('people.name'), { exact: true }).fill(person.name);
  await dialog.getByRole('radio', { name: t(`shell.role.${person.role}`) }).click();
  for (const account of person.accounts ?? []) {
    const box = dialog.getByRole('checkbox', { name: account });
    if ((await box.getAttribute('aria-checked')) !== 'true') await box.click();
  }
  await dialog.getByRole('button', { name: t('people.inviteSubmit') }).click();
  const link = await dialog.getByLabel(t('people.link.label')).inputValue();
  await dialog.getByRole('button', { name: t('common.actions.done') }).click();
  return link;
}
