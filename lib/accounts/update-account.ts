import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError, invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { forgetReceived } from '../scans/receiver';
import { recountZone } from '../scans/recount-zone';
import { refusalOf } from './create-account';
import { getAccount } from './get-account';
import { missingCredential, type UpdateAccountInput, updateAccountSchema } from './schemas';
import { sealAccountSecrets } from './seal-account-secrets';
import {
  type AccountFields,
  type AccountRow,
  dropToken,
  findAccountRow,
  hasScenes,
  lockLedger,
  replaceOwnRanges,
  updateAccountRow,
  updateLedgerSettings,
} from './store';
import type { AccountDto } from './types';

/**
 * Changes what is given and keeps the rest. A secret that is left out stays; null clears it.
 *
 * The access token is dropped when what it hangs on changes. The app id is there to stay once a code has been made or a
 * scene entered, since the ledger is that app id's.
 *
 * @throws AppError VALIDATION_FAILED  also `appId: taken | appIdFixed`, `appSecret | remoteTokenUrl: required`
 */
export async function updateAccount(
  ctx: Context,
  accountId: string,
  input: UpdateAccountInput,
): Promise<AccountDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const change = parseInput(updateAccountSchema, input);
  let reconnects = false;
  try {
    await ctx.db.$transaction(async (tx) => {
      await lockLedger(tx, id);
      const row = await findAccountRow(tx, id);
      if (!row) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
      const { permanentCap, ownRanges, ownPrefixes, name, appId, pushMode, timeZone } = change;
      const tokenSource = change.tokenSource ?? row.tokenSource;
      const fields: AccountFields = sealAccountSecrets(id, tokenSource, change);
      // A stored header value goes to the server it was given for, and to no other.
      if (
        movesElsewhere(row.remoteTokenUrl, fields.remoteTokenUrl) &&
        change.remoteTokenValue === undefined
      ) {
        fields.remoteTokenSealed = null;
      }
      requireCredential({ ...row, ...fields, tokenSource });

      if (appId !== undefined && appId !== row.appId && (await hasScenes(tx, id))) {
        throw invalidField('appId', 'appIdFixed', 'codes of this app id exist');
      }
      const plain = { name, appId, pushMode, timeZone, tokenSource: change.tokenSource };
      Object.assign(fields, Object.fromEntries(Object.entries(plain).filter(([, v]) => v !== undefined)));

      await updateAccountRow(tx, id, fields);
      reconnects = changesConnection(row, fields);
      if (reconnects) await dropToken(tx, id);
      await updateLedgerSettings(tx, id, {
        ...(permanentCap === undefined ? {} : { cap: permanentCap }),
        ...(ownPrefixes === undefined ? {} : { ownPrefixes }),
      });
      if (ownRanges !== undefined) await replaceOwnRanges(tx, id, ownRanges);
      if (timeZone !== undefined && timeZone !== row.timeZone) await recountZone(tx, id, ctx.actor);
      await recordAudit(ctx, tx, {
        action: 'account.update',
        target: { kind: 'account', id, label: name ?? row.name },
        accountId: id,
        details: {
          changed: Object.keys(change),
          ...(permanentCap === undefined ? {} : { permanentCap }),
          ...(ownRanges === undefined ? {} : { ownRanges }),
          ...(ownPrefixes === undefined ? {} : { ownPrefixes }),
        },
      });
    });
  } catch (error) {
    throw refusalOf(error);
  }
  if (reconnects) ctx.wechat.forget(id);
  forgetReceived(id);
  return getAccount(ctx, id);
}

function requireCredential(
  account: Pick<AccountRow, 'tokenSource' | 'appSecretSealed' | 'remoteTokenUrl'>,
): void {
  const field = missingCredential({ ...account, appSecret: account.appSecretSealed });
  if (field) throw invalidField(field, 'required', `is required with tokenSource ${account.tokenSource}`);
}

function movesElsewhere(from: string | null, to: string | null | undefined): boolean {
  return Boolean(from && to && new URL(from).origin !== new URL(to).origin);
}

const connectionColumns = [
  'appId',
  'appSecretSealed',
  'tokenSource',
  'remoteTokenUrl',
  'remoteTokenHeader',
  'remoteTokenSealed',
] as const;

function changesConnection(row: AccountRow, fields: AccountFields): boolean {
  return connectionColumns.some((column) => fields[column] !== undefined && fields[column] !== row[column]);
}
