import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { deleteDeliveriesAbout } from '../deliveries/discard-deliveries';
import { appSecret } from '../env';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { unseal } from '../secrets';
import { personSecretPlace, toPersonKey } from './person-key';
import { type ForgetPersonInput, forgetPersonSchema } from './schemas';
import { findPersonSecret, forgetFollower } from './store';

/**
 * Forgets a person who asks for it: the openid goes and the key becomes random, so that nothing leads back. Every count
 * stays. Who scans again later is somebody new.
 *
 * @throws AppError NOT_FOUND  nobody of this openid is known
 */
export async function forgetPerson(ctx: Context, accountId: string, input: ForgetPersonInput): Promise<void> {
  authorise(ctx, 'admin', accountId);
  requireId(accountId, 'account');
  const { openid } = parseInput(forgetPersonSchema, input);
  const sealed = await findPersonSecret(ctx.db, accountId);
  const nobody = () => new AppError('NOT_FOUND', 'nobody of this openid is known', { what: 'follower' });
  if (sealed === null) throw nobody();
  const secret = Buffer.from(unseal(appSecret(), personSecretPlace(accountId), sealed), 'base64');
  await ctx.db.$transaction(async (tx) => {
    const now = ctx.clock.now();
    const personKey = toPersonKey(secret, openid);
    if (!(await forgetFollower(tx, accountId, personKey, now))) throw nobody();
    await deleteDeliveriesAbout(tx, accountId, personKey);
    await recordAudit(ctx, tx, { action: 'scans.forgetPerson', target: { kind: 'scans' }, accountId });
  });
}
