import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { findWebhook } from './store';
import type { WebhookDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireWebhook(db: Db, accountId: string, webhookId: string): Promise<WebhookDto> {
  const id = requireId(webhookId, 'webhook');
  const webhook = await findWebhook(db, requireId(accountId, 'account'), id);
  if (!webhook) throw new AppError('NOT_FOUND', `no webhook ${id}`, { what: 'webhook' });
  return webhook;
}
