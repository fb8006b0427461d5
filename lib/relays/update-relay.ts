import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { appSecret } from '../env';
import { invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { forgetReceived } from '../scans/receiver';
import { seal } from '../secrets';
import { requireRelay } from './require-relay';
import { type RelayInput, relaySchema } from './schemas';
import { keyPlace, tokenPlace } from './send-push';
import { changeRelay, silenceOthers } from './store';
import type { RelayDto } from './types';

/**
 * Changes a relay; token and key stay when they are left out.
 *
 * @throws AppError NOT_FOUND | VALIDATION_FAILED
 */
export async function updateRelay(
  ctx: Context,
  accountId: string,
  relayId: string,
  input: RelayInput,
): Promise<RelayDto> {
  authorise(ctx, 'admin', accountId);
  const { token, encodingAesKey, ...wanted } = parseInput(relaySchema, input);
  const changed = await ctx.db.$transaction(async (tx) => {
    const { id, hasKey } = await requireRelay(tx, accountId, relayId);
    if (wanted.mode === 'safe' && !hasKey && encodingAesKey === undefined) {
      throw invalidField('encodingAesKey', 'required', 'safe mode needs an EncodingAESKey');
    }
    if (wanted.answers) await silenceOthers(tx, accountId, id);
    const relay = await changeRelay(tx, id, {
      ...wanted,
      ...(token ? { tokenSealed: seal(appSecret(), tokenPlace(id), token) } : {}),
      ...(encodingAesKey ? { encodingAesKeySealed: seal(appSecret(), keyPlace(id), encodingAesKey) } : {}),
    });
    await recordAudit(ctx, tx, {
      action: 'relay.update',
      target: { kind: 'relay', id, label: relay.name },
      accountId,
      details: { host: new URL(wanted.url).host, answers: wanted.answers },
    });
    return relay;
  });
  forgetReceived(accountId);
  return changed;
}

/** Switches a relay on or off. @throws AppError NOT_FOUND */
export async function switchRelay(
  ctx: Context,
  accountId: string,
  relayId: string,
  enabled: boolean,
): Promise<RelayDto> {
  authorise(ctx, 'admin', accountId);
  const changed = await ctx.db.$transaction(async (tx) => {
    const { id, name } = await requireRelay(tx, accountId, relayId);
    const relay = await changeRelay(tx, id, { enabled });
    await recordAudit(ctx, tx, {
      action: enabled ? 'relay.switchOn' : 'relay.switchOff',
      target: { kind: 'relay', id, label: name },
      accountId,
    });
    return relay;
  });
  forgetReceived(accountId);
  return changed;
}
