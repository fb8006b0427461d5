import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findWebhooks } from './store';
import type { WebhookDto } from './types';

/** All of an account, the newest first; there are few. */
export async function listWebhooks(ctx: Context, accountId: string): Promise<WebhookDto[]> {
  authorise(ctx, 'admin', accountId);
  return findWebhooks(ctx.db, requireId(accountId, 'account'));
}
