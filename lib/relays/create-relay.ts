import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { appSecret } from '../env';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { forgetReceived } from '../scans/receiver';
import { seal } from '../secrets';
import { type RelayInput, relaySchema } from './schemas';
import { keyPlace, tokenPlace } from './send-push';
import { countRelays, insertRelay, silenceOthers } from './store';
import type { RelayDto } from './types';

/** Each push is sealed and queued once a relay. */
const mostRelays = 10;

/**
 * Names another system that gets pushes as WeChat would send them. One that answers takes that from the one before.
 *
 * @throws AppError VALIDATION_FAILED
 */
export async function createRelay(ctx: Context, accountId: string, input: RelayInput): Promise<RelayDto> {
  authorise(ctx, 'admin', accountId);
  requireId(accountId, 'account');
  const { token, encodingAesKey, ...wanted } = parseInput(relaySchema, input);
  if (token === undefined) throw invalidField('token', 'required', 'that system has a token of its own');
  if (wanted.mode === 'safe' && encodingAesKey === undefined) {
    throw invalidField('encodingAesKey', 'required', 'safe mode needs an EncodingAESKey');
  }
  const id = randomUUID();
  const made = await ctx.db.$transaction(async (tx) => {
    if ((await countRelays(tx, accountId)) >= mostRelays) {
      throw invalidField('url', 'relaysTooMany', `an account has at most ${mostRelays} relays`, {
        max: mostRelays,
      });
    }
    if (wanted.answers) await silenceOthers(tx, accountId, id);
    const relay = await insertRelay(tx, {
      ...wanted,
      ...{ id, accountId, createdAt: ctx.clock.now() },
      tokenSealed: seal(appSecret(), tokenPlace(id), token),
      ...(encodingAesKey ? { encodingAesKeySealed: seal(appSecret(), keyPlace(id), encodingAesKey) } : {}),
      createdByName: ctx.actor.kind === 'stranger' ? '' : ctx.actor.name,
    });
    await recordAudit(ctx, tx, {
      action: 'relay.create',
      target: { kind: 'relay', id, label: wanted.name },
      accountId,
      details: { host: new URL(wanted.url).host, answers: wanted.answers },
    });
    return relay;
  });
  forgetReceived(accountId);
  return made;
}
