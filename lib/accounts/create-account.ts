import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { violatedLaw } from '../db/violated-law';
import { AppError, invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { getAccount } from './get-account';
import { type CreateAccountInput, createAccountSchema } from './schemas';
import { sealAccountSecrets } from './seal-account-secrets';
import { insertAccount, replaceOwnRanges, updateLedgerSettings } from './store';
import type { AccountDto } from './types';

/**
 * Connects an official account. Nothing is called yet; see `testConnectionRound`.
 *
 * Its permanent scenes are locked until `declareExternal` has been told what other systems use.
 *
 * @param options.isDemo  calls the stand-in; for the demo's own seed only
 * @throws AppError VALIDATION_FAILED  also `appId: taken`
 * @throws AppError FORBIDDEN  not an admin, or one bound to certain accounts, who could not see the new one
 */
export async function createAccount(
  ctx: Context,
  input: CreateAccountInput,
  options: { isDemo?: boolean } = {},
): Promise<AccountDto> {
  authorise(ctx, 'admin');
  const { actor } = ctx;
  if ((actor.kind === 'user' || actor.kind === 'apiKey') && !actor.allAccounts) {
    throw new AppError('FORBIDDEN', `${actor.kind} ${actor.id} is bound to certain accounts`, {
      role: 'admin',
    });
  }
  if (options.isDemo && actor.kind !== 'system') throw new AppError('FORBIDDEN', 'only the seed makes demos');
  const account = parseInput(createAccountSchema, input);
  const id = randomUUID();
  try {
    await ctx.db.$transaction(async (tx) => {
      await insertAccount(tx, {
        id,
        name: account.name,
        appId: account.appId,
        tokenSource: account.tokenSource,
        pushMode: account.pushMode,
        timeZone: account.timeZone,
        isDemo: options.isDemo ?? false,
        ...sealAccountSecrets(id, account.tokenSource, account),
      });
      await updateLedgerSettings(tx, id, { cap: account.permanentCap, ownPrefixes: account.ownPrefixes });
      await replaceOwnRanges(tx, id, account.ownRanges);
      await recordAudit(ctx, tx, {
        action: 'account.create',
        target: { kind: 'account', id, label: account.name },
        accountId: id,
        details: { appId: account.appId, tokenSource: account.tokenSource },
      });
    });
  } catch (error) {
    throw refusalOf(error);
  }
  return getAccount(ctx, id);
}

/** An app id belongs to one account of the installation. */
export function refusalOf(error: unknown): unknown {
  return violatedLaw(error) === 'official_accounts_app_id_key'
    ? invalidField('appId', 'taken', 'is connected already')
    : error;
}
