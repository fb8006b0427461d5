import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { appSecret } from '../env';
import { authorise } from '../people/authorise';
import { hashToken } from '../secrets';
import { insertKey, wasKeyKnown } from './store';

const NAME = 'ADMIN_API_KEY';

/**
 * Registers ADMIN_API_KEY as an admin key at the first start. Later starts change nothing, so a key that was revoked
 * stays revoked.
 *
 * @returns whether it was registered now
 */
export async function registerConfiguredKey(ctx: Context, key: string): Promise<boolean> {
  authorise(ctx, 'admin');
  const keyHash = hashToken(appSecret(), key);
  return ctx.db.$transaction(async (tx) => {
    if (await wasKeyKnown(tx, { keyHash, name: NAME })) return false;
    const apiKey = await insertKey(tx, {
      name: NAME,
      scope: 'admin',
      allAccounts: true,
      accountIds: [],
      prefix: key.slice(0, 4),
      keyHash,
      createdById: null,
      createdAt: ctx.clock.now(),
    });
    await recordAudit(ctx, tx, {
      action: 'apiKey.register',
      target: { kind: 'apiKey', id: apiKey.id, label: NAME },
      details: { scope: 'admin' },
    });
    return true;
  });
}
