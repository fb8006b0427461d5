import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { appSecret } from '../env';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { seal } from '../secrets';
import { type CreateWebhookInput, createWebhookSchema } from './schemas';
import { createWebhookSecret, secretPlace } from './signature';
import { changeWebhook, countWebhooks, findWebhook, insertWebhook } from './store';
import type { CreatedWebhookDto } from './types';

/** Each event is sealed and queued once a webhook. */
const mostWebhooks = 20;

/**
 * Names an address that is told what happens at the account. The secret is in this answer and nowhere else afterwards.
 *
 * @param options.id  the id it takes, so that a request repeated after a crash finds what the first one made; the secret is
 *   then a new one, since nobody has seen the first
 * @throws AppError VALIDATION_FAILED
 */
export async function createWebhook(
  ctx: Context,
  accountId: string,
  input: CreateWebhookInput,
  options: { id?: string } = {},
): Promise<CreatedWebhookDto> {
  authorise(ctx, 'admin', accountId);
  requireId(accountId, 'account');
  const wanted = parseInput(createWebhookSchema, input);
  const id = options.id ?? randomUUID();
  const secret = createWebhookSecret();
  const secretSealed = seal(appSecret(), secretPlace(id), secret);
  return ctx.db.$transaction(async (tx) => {
    const before = await findWebhook(tx, accountId, id);
    if (before) return { ...(await changeWebhook(tx, id, { secretSealed })), secret };
    if ((await countWebhooks(tx, accountId)) >= mostWebhooks) {
      throw invalidField('url', 'tooMany', `an account has at most ${mostWebhooks} webhooks`, {
        max: mostWebhooks,
      });
    }
    const webhook = await insertWebhook(tx, {
      ...wanted,
      ...{ id, accountId, secretSealed, createdAt: ctx.clock.now() },
      createdByName: ctx.actor.kind === 'stranger' ? '' : ctx.actor.name,
    });
    await recordAudit(ctx, tx, {
      action: 'webhook.create',
      target: { kind: 'webhook', id, label: new URL(wanted.url).host },
      accountId,
      details: { events: wanted.events, allowPrivate: wanted.allowPrivate, seesOpenids: wanted.seesOpenids },
    });
    return { ...webhook, secret };
  });
}
