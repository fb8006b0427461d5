import 'server-only';
import { violatedLaw } from '../db/violated-law';
import { AppError, invalidField } from '../errors';
import type { UserRole } from './types';

/** An admin sees all accounts, as the database demands; who sees all needs no list. */
export function toAccess({
  role,
  allAccounts,
  accountIds,
}: {
  role: UserRole;
  allAccounts: boolean;
  accountIds: string[];
}) {
  const all = allAccounts || role === 'admin';
  return { role, allAccounts: all, accountIds: all ? [] : [...new Set(accountIds)].sort() };
}

/** Turns the refusals of the database about people into what the person reads. */
export async function refusePersonLaws<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    switch (violatedLaw(error)) {
      case 'users_last_admin':
        throw new AppError('LAST_ADMIN', 'the last admin stays one', {}, { cause: error });
      case 'users_email_key':
        throw invalidField('email', 'taken', 'somebody has this e-mail already');
      case 'user_grants_account_id_fkey':
      case 'api_key_grants_account_id_fkey':
        throw invalidField('accountIds', 'unknown', 'no such account');
      default:
        throw error;
    }
  }
}
