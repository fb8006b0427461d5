import 'server-only';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { Context } from '../context';
import { isAppError } from '../errors';
import { mayManage, mayWrite, type UserRole } from '../people/types';
import { currentContext } from './current-context';
import { safeNextPath } from './next-path';
import { PAGE_PATH_HEADER } from './page-path-header';

/**
 * The context for a page. A stranger is led to the sign-in page and back; to a smaller role the page does not exist.
 * It only decides what is shown: the services behind the page authorise again.
 */
export async function pageContext(role: UserRole = 'viewer'): Promise<Context> {
  const ctx = await currentContext();
  if (ctx.actor.kind === 'stranger') redirect(await signInPath());
  if (role === 'marketer' && !mayWrite(ctx.actor)) notFound();
  if (role === 'admin' && !mayManage(ctx.actor)) notFound();
  return ctx;
}

/** The sign-in page, with the way back to the page that was asked for. */
export async function signInPath(): Promise<string> {
  const path = safeNextPath((await headers()).get(PAGE_PATH_HEADER));
  return path === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next: path })}`;
}

/** What a page shows of a thing: the thing, or the page that says there is none. */
export async function orNotFound<T>(found: Promise<T>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (isAppError(error) && error.code === 'NOT_FOUND') notFound();
    throw error;
  }
}
