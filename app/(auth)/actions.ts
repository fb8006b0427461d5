'use server';

import { redirect, unstable_rethrow } from 'next/navigation';
import { selectLocaleAction } from '@/app/select-locale-action';
import type { ErrorDto } from '@/lib/errors';
import { signInWithPassword } from '@/lib/people/sign-in';
import { signInWithLink } from '@/lib/people/sign-in-with-link';
import type { OpenedSession } from '@/lib/people/types';
import { currentContext } from '@/lib/web/current-context';
import { currentDevice } from '@/lib/web/device';
import { safeNextPath } from '@/lib/web/next-path';
import { reportError, toErrorDto } from '@/lib/web/report-error';
import { writeSessionCookie } from '@/lib/web/session-cookie';

/** What a form of these pages shows after it was sent: what was wrong, and what was typed, passwords excepted. */
export type AuthFormState = { error: ErrorDto | null; typed: { email?: string; name?: string } };

/** Open to strangers. */
export async function signInAction(_before: AuthFormState, form: FormData): Promise<AuthFormState> {
  const given = read(form);
  return attempt(given, async () => {
    const ctx = await currentContext();
    await letIn(await signInWithPassword(ctx, given, await currentDevice()));
    redirect(safeNextPath(text(form, 'next')));
  });
}

/** Open to strangers: the link is the proof. */
export async function spendLinkAction(_before: AuthFormState, form: FormData): Promise<AuthFormState> {
  const given = read(form);
  return attempt(given, async () => {
    const ctx = await currentContext();
    await letIn(await signInWithLink(ctx, text(form, 'token') ?? '', given, await currentDevice()));
    redirect('/');
  });
}

async function letIn({ sessionId, locale }: OpenedSession): Promise<void> {
  await writeSessionCookie(sessionId);
  if (locale) await selectLocaleAction(locale);
}

async function attempt(
  { email, name }: AuthFormState['typed'],
  work: () => Promise<never>,
): Promise<AuthFormState> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    return { error: toErrorDto(reportError(error, 'sign-in')), typed: { email, name } };
  }
}

function read(form: FormData) {
  return { email: text(form, 'email'), name: text(form, 'name'), password: text(form, 'password') };
}

function text(form: FormData, field: string): string | undefined {
  const value = form.get(field);
  return typeof value === 'string' ? value : undefined;
}
