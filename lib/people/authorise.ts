import 'server-only';
import type { Actor, Context } from '../context';
import { AppError } from '../errors';
import { type UserRole, userRoles } from './types';

/**
 * The first line of every service: may this actor do what takes `role`, in this account?
 *
 * @param accountId  the official account concerned; left out for what belongs to the installation
 * @throws AppError UNAUTHENTICATED  a stranger
 * @throws AppError FORBIDDEN  signed in, with too small a role
 * @throws AppError NOT_FOUND  the account was not granted: what one may not see does not exist
 */
export function authorise(ctx: Pick<Context, 'actor'>, role: UserRole, accountId?: string): void {
  const { actor } = ctx;
  if (actor.kind === 'system') return;
  if (actor.kind === 'stranger') throw new AppError('UNAUTHENTICATED', 'a stranger asked');
  if (accountId !== undefined && !mayAccess(actor, accountId)) {
    throw new AppError('NOT_FOUND', `account ${accountId} is not granted to ${actor.kind} ${actor.id}`);
  }
  if (userRoles.indexOf(actor.role) < userRoles.indexOf(role)) {
    throw new AppError('FORBIDDEN', `${actor.kind} ${actor.id} is ${actor.role}, wanted ${role}`, { role });
  }
}

export function mayAccess(actor: Actor, accountId: string): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'stranger') return false;
  return actor.allAccounts || actor.accountIds.includes(accountId);
}

/** The accounts that a list may draw from: all of them, or these. */
export function accessibleAccounts(actor: Actor): 'all' | string[] {
  if (actor.kind === 'system') return 'all';
  if (actor.kind === 'stranger') return [];
  return actor.allAccounts ? 'all' : actor.accountIds;
}
