import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfWebhook } from './store';

/**
 * The account of a webhook, for addresses that name the webhook alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateWebhook(ctx: Context, webhookId: string): Promise<string> {
  authorise(ctx, 'admin');
  const accountId = await findAccountOfWebhook(ctx.db, requireId(webhookId, 'webhook'));
  if (accountId === null || !mayAccess(ctx.actor, accountId)) {
    throw new AppError('NOT_FOUND', `no webhook ${webhookId}`, { what: 'webhook' });
  }
  return accountId;
}
