import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { wakeBackground } from '../background/announce';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { forgetReceived } from './receiver';
import {
  type AskRecountInput,
  askRecountSchema,
  type UpdatePushSettingsInput,
  updatePushSettingsSchema,
} from './schemas';
import { findPushSettings, insertRecount, updatePushRow } from './store';
import type { PushSettingsDto } from './types';

/** How an account receives, what was refused of late, and what is being counted anew. */
export async function getPushSettings(ctx: Context, accountId: string): Promise<PushSettingsDto> {
  authorise(ctx, 'admin', accountId);
  const found = await findPushSettings(ctx.db, requireId(accountId, 'account'));
  if (!found) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
  return found;
}

/** Changes what is given and keeps the rest. */
export async function updatePushSettings(
  ctx: Context,
  accountId: string,
  input: UpdatePushSettingsInput,
): Promise<PushSettingsDto> {
  authorise(ctx, 'admin', accountId);
  requireId(accountId, 'account');
  const change = parseInput(updatePushSettingsSchema, input);
  await ctx.db.$transaction(async (tx) => {
    const name = await updatePushRow(tx, accountId, change);
    if (name === null) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
    await recordAudit(ctx, tx, {
      action: 'account.pushSettings',
      target: { kind: 'account', id: accountId, label: name },
      accountId,
      details: change,
    });
  });
  forgetReceived(accountId);
  return getPushSettings(ctx, accountId);
}

/**
 * Has all counts set against the events behind the pages (`check`), or made to agree with them (`replay`).
 *
 * @throws AppError CONFLICT  one of them is under way
 */
export async function askRecount(
  ctx: Context,
  accountId: string,
  input: AskRecountInput,
): Promise<{ id: string }> {
  authorise(ctx, 'admin', accountId);
  requireId(accountId, 'account');
  const { reason } = parseInput(askRecountSchema, input);
  const id = await ctx.db.$transaction(async (tx) => {
    const found = await findPushSettings(tx, accountId);
    if (!found) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
    const made = await insertRecount(
      tx,
      accountId,
      reason,
      ctx.actor.kind === 'stranger' ? '' : ctx.actor.name,
    );
    if (made === null) throw new AppError('CONFLICT', 'a replay or check is under way', { what: 'recount' });
    await recordAudit(ctx, tx, { action: `scans.${reason}`, target: { kind: 'scans' }, accountId });
    return made;
  });
  wakeBackground('recount scans');
  return { id };
}
