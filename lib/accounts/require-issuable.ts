import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { holdsBack } from './stop-rule';
import { findAccountRow } from './store';

/**
 * Refuses while the account is stopped for codes of this kind. For services that issue; they have authorised before.
 *
 * @throws AppError ACCOUNT_STOPPED  `details`: errcode, errmsg, until
 * @throws AppError NOT_FOUND
 */
export async function requireIssuable(
  db: Db,
  accountId: string,
  kind: 'temporary' | 'permanent',
  now: Date,
): Promise<void> {
  const row = await findAccountRow(db, accountId);
  if (!row) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
  const { stoppedCode: code, stoppedMessage, stoppedUntil: until } = row;
  if (code === null || !holdsBack({ code, until }, kind, now)) return;
  throw new AppError('ACCOUNT_STOPPED', `account ${accountId} is stopped: ${code}`, {
    errcode: code,
    errmsg: stoppedMessage,
    until: until?.toISOString() ?? null,
  });
}
