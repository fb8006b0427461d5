import 'server-only';
import type { Actor } from '../context';
import type { Db } from '../db/open-database';
import { appSecret } from '../env';
import { hashToken } from '../secrets';
import { findLivingKeyByHash, touchKey } from './store';
import { roleOfScope } from './types';

const USED_EVERY_MS = 60_000;
const LONGEST_KEY = 200;

/**
 * Who presents this key: the actor for the context, or null for a key that was never made or is revoked.
 *
 * Found by hash, so no comparison of secrets can be timed.
 */
export async function findActorByKey(
  db: Db,
  presentedKey: string,
  now: Date = new Date(),
): Promise<Extract<Actor, { kind: 'apiKey' }> | null> {
  if (presentedKey === '' || presentedKey.length > LONGEST_KEY) return null;
  const apiKey = await findLivingKeyByHash(db, hashToken(appSecret(), presentedKey));
  if (apiKey === null) return null;
  const usedBefore = new Date(now.getTime() - USED_EVERY_MS);
  if (apiKey.lastUsedAt === null || new Date(apiKey.lastUsedAt) <= usedBefore) {
    await touchKey(db, apiKey.id, usedBefore, now);
  }
  return {
    kind: 'apiKey',
    id: apiKey.id,
    name: apiKey.name,
    role: roleOfScope[apiKey.scope],
    allAccounts: apiKey.allAccounts,
    accountIds: apiKey.accountIds,
  };
}
