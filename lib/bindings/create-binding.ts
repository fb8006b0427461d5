import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import { makeCode } from '../codes/make-code';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { env } from '../env';
import { AppError, invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { listenTokenOf } from './listen-token';
import { requireBinding } from './require-binding';
import { type CreateBindingInput, createBindingSchema } from './schemas';
import { findBinding, findReturnOrigins, insertBinding } from './store';
import { isShownWhole, toBindingDto } from './to-binding-dto';
import type { CreatedBindingDto } from './types';

/** Shown to one person once, and found in no list. */
const label = 'binding';

/**
 * Makes a temporary code for a user of another system: who scans it first is bound to that user.
 *
 * @param input.externalUserId  as the other system calls its user; the same may be bound again and again
 * @param input.expireSeconds  1…2,592,000; ten minutes when left out
 * @param input.returnUrl  where the browser goes after the scan; its origin is one that an admin has allowed
 * @param options.id  the id it takes, so that a request repeated after a crash finds what the first one made
 * @returns with `code.status` as after `createCode`: while it is `reserved`, `url` is null and comes by itself
 * @throws AppError VALIDATION_FAILED (`returnUrl`: `returnUrlNotAllowed`) | ACCOUNT_STOPPED
 */
export async function createBinding(
  ctx: Context,
  accountId: string,
  input: CreateBindingInput,
  options: { id?: string } = {},
): Promise<CreatedBindingDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const { externalUserId, expireSeconds, returnUrl } = parseInput(createBindingSchema, input);
  const id = options.id ?? randomUUID();
  if (options.id === undefined || !(await findBinding(ctx.db, accountId, id))) {
    await requireReturnable(ctx.db, accountId, returnUrl);
    const codeId = randomUUID();
    const place = { label, channelId: null, campaignId: null, renewsId: null, scene: null };
    await makeCode(
      ctx,
      accountId,
      { ...place, id: codeId, kind: 'temporary', origin: 'binding', expireSeconds },
      async (tx) => {
        const createdAt = ctx.clock.now();
        await insertBinding(tx, {
          ...{ id, accountId, externalUserId, codeId, returnUrl, createdAt },
          expiresAt: new Date(createdAt.getTime() + expireSeconds * 1000),
          createdByName: ctx.actor.kind === 'stranger' ? '' : ctx.actor.name,
        });
        // Whose binding it is stays out of the audit, which nobody can erase.
        const target = { kind: 'binding', id, label: '' } as const;
        await recordAudit(ctx, tx, {
          action: 'binding.create',
          target,
          accountId,
          details: { expireSeconds },
        });
      },
    );
  }
  const row = await requireBinding(ctx.db, accountId, id);
  const listenToken = listenTokenOf(id);
  return {
    ...toBindingDto(row, ctx.clock.now(), await isShownWhole(ctx)),
    listenToken,
    eventsUrl: `${env().PUBLIC_URL}/api/v1/bindings/${id}/events?token=${listenToken}`,
  };
}

async function requireReturnable(db: Db, accountId: string, returnUrl: string | null): Promise<void> {
  const origins = await findReturnOrigins(db, accountId);
  if (origins === null) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
  if (returnUrl === null || origins.includes(new URL(returnUrl).origin)) return;
  throw invalidField('returnUrl', 'returnUrlNotAllowed', 'its origin is not one that an admin has allowed', {
    origin: new URL(returnUrl).origin,
  });
}
