import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { getAccount } from './get-account';
import { clearStop, findAccountRow } from './store';
import type { AccountDto } from './types';

/** Lets a stopped account issue again; one that is not stopped stays as it is. */
export async function resumeAccount(ctx: Context, accountId: string): Promise<AccountDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  await ctx.db.$transaction(async (tx) => {
    const row = await findAccountRow(tx, id);
    if (!row) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
    if (!(await clearStop(tx, id))) return;
    await recordAudit(ctx, tx, {
      action: 'account.resume',
      target: { kind: 'account', id, label: row.name },
      accountId: id,
      details: { errcode: row.stoppedCode, by: 'person' },
    });
  });
  return getAccount(ctx, id);
}
