import 'server-only';
import { appSecret } from '../env';
import { seal } from '../secrets';
import type { AccountFields } from './store';
import type { TokenSourceKind } from './types';

type Secrets = {
  appSecret?: string | null;
  remoteTokenUrl?: string | null;
  remoteTokenHeader?: string | null;
  remoteTokenValue?: string | null;
  pushToken?: string | null;
  encodingAesKey?: string | null;
};

/**
 * The columns for what was given, sealed each for its place; what was left out stays out.
 *
 * With a token server no app secret is kept, and without one nothing of a token server.
 */
export function sealAccountSecrets(
  accountId: string,
  tokenSource: TokenSourceKind,
  given: Secrets,
): AccountFields {
  const sealed = (field: string, value: string | null) =>
    value === null ? null : seal(appSecret(), `account:${accountId}:${field}`, value);
  const fields: AccountFields = {};
  const { remoteTokenUrl, remoteTokenHeader, remoteTokenValue } = given;
  if (tokenSource === 'remote') {
    fields.appSecretSealed = null;
    if (remoteTokenUrl !== undefined) fields.remoteTokenUrl = remoteTokenUrl;
    if (remoteTokenHeader !== undefined) fields.remoteTokenHeader = remoteTokenHeader;
    if (remoteTokenValue !== undefined) fields.remoteTokenSealed = sealed('remoteToken', remoteTokenValue);
  } else {
    if (given.appSecret !== undefined) fields.appSecretSealed = sealed('appSecret', given.appSecret);
    Object.assign(fields, { remoteTokenUrl: null, remoteTokenHeader: null, remoteTokenSealed: null });
  }
  if (given.pushToken !== undefined) fields.pushTokenSealed = sealed('pushToken', given.pushToken);
  if (given.encodingAesKey !== undefined) {
    fields.encodingAesKeySealed = sealed('encodingAesKey', given.encodingAesKey);
  }
  return fields;
}
