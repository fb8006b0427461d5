import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { type SetReturnOriginsInput, setReturnOriginsSchema } from './schemas';
import { changeReturnOrigins, findReturnOrigins } from './store';

const noAccount = (id: string) => new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });

/** Where a browser may be sent after a scan. */
export async function getReturnOrigins(ctx: Context, accountId: string): Promise<string[]> {
  authorise(ctx, 'marketer', accountId);
  const origins = await findReturnOrigins(ctx.db, requireId(accountId, 'account'));
  if (origins === null) throw noAccount(accountId);
  return origins;
}

/**
 * Says where a browser may be sent after a scan; bindings that exist keep their address.
 *
 * @throws AppError VALIDATION_FAILED  one is no origin, or neither https nor loopback
 */
export async function setReturnOrigins(
  ctx: Context,
  accountId: string,
  input: SetReturnOriginsInput,
): Promise<string[]> {
  authorise(ctx, 'admin', accountId);
  requireId(accountId, 'account');
  const { origins } = parseInput(setReturnOriginsSchema, input);
  await ctx.db.$transaction(async (tx) => {
    const name = await changeReturnOrigins(tx, accountId, origins);
    if (name === null) throw noAccount(accountId);
    const target = { kind: 'account', id: accountId, label: name } as const;
    await recordAudit(ctx, tx, { action: 'binding.setOrigins', target, accountId, details: { origins } });
  });
  return origins;
}
