import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { isListenToken, isStillListenable } from './listen-token';
import { requireBinding } from './require-binding';
import { findBindingById } from './store';
import { isShownWhole, toBindingDto, toBindingNews } from './to-binding-dto';
import type { BindingDto, BindingNewsDto } from './types';

/**
 * What has become of a binding. It names a person, so that reading it takes the role that makes them.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function getBinding(ctx: Context, accountId: string, bindingId: string): Promise<BindingDto> {
  authorise(ctx, 'marketer', accountId);
  const row = await requireBinding(ctx.db, accountId, bindingId);
  return toBindingDto(row, ctx.clock.now(), await isShownWhole(ctx));
}

/**
 * The same for whoever bears the token that was minted with it, but for who scanned.
 *
 * @throws AppError NOT_FOUND  the token is not this binding's, or its time is over
 */
export async function getBindingNews(
  ctx: Context,
  bindingId: string,
  token: string,
): Promise<{ accountId: string; news: BindingNewsDto }> {
  const id = requireId(bindingId, 'binding');
  const row = isListenToken(id, token) ? await findBindingById(ctx.db, id) : null;
  const now = ctx.clock.now();
  if (!row || !isStillListenable(row.expiresAt, now)) {
    throw new AppError('NOT_FOUND', `no binding ${id} for this token`, { what: 'binding' });
  }
  return { accountId: row.accountId, news: toBindingNews(row, now) };
}
