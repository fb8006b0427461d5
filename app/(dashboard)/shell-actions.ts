'use server';

import { redirect } from 'next/navigation';
import { selectLocaleAction } from '@/app/select-locale-action';
import { isLocale } from '@/lib/i18n/locales';
import { rememberLocale } from '@/lib/people/profile';
import { endSession } from '@/lib/people/sessions';
import { currentAccounts, rememberAccount } from '@/lib/web/current-account';
import { currentContext } from '@/lib/web/current-context';
import { deleteSessionCookie } from '@/lib/web/session-cookie';

/** Shows another official account from now on; one that may not be seen is not chosen. */
export async function selectAccountAction(accountId: string): Promise<void> {
  const accounts = await currentAccounts();
  if (accounts.some(({ id }) => id === accountId)) await rememberAccount(accountId);
}

/** The language of this browser, and of the person's next one. */
export async function chooseLocaleAction(locale: string): Promise<void> {
  if (!isLocale(locale)) return;
  await selectLocaleAction(locale);
  const ctx = await currentContext();
  if (ctx.actor.kind === 'user') await rememberLocale(ctx, locale);
}

export async function signOutAction(): Promise<void> {
  const ctx = await currentContext();
  if (ctx.actor.kind === 'user') await endSession(ctx, ctx.actor.sessionId);
  await deleteSessionCookie();
  redirect('/sign-in');
}
