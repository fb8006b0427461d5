import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireWebhook } from './require-webhook';
import type { WebhookDto } from './types';

/** @throws AppError NOT_FOUND */
export async function getWebhook(ctx: Context, accountId: string, webhookId: string): Promise<WebhookDto> {
  authorise(ctx, 'admin', accountId);
  return requireWebhook(ctx.db, accountId, webhookId);
}
