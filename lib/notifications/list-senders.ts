import 'server-only';
import type { Context } from '../context';
import { env } from '../env';
import { authorise } from '../people/authorise';
import { findSenders } from './sender-store';
import type { SenderDto } from './types';

/** Where notifications go beside the page, in order of making. */
export async function listSenders(
  ctx: Context,
): Promise<{ senders: SenderDto[]; isMailConfigured: boolean }> {
  authorise(ctx, 'admin');
  return { senders: await findSenders(ctx.db), isMailConfigured: Boolean(env().SMTP_URL) };
}
