import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { authorise } from '../people/authorise';
import { WeChatError } from '../wechat';
import { requireCode } from './require-code';
import type { WeChatPicture } from './types';

/**
 * WeChat's own picture of a code, fetched through this server.
 *
 * @throws AppError CODE_NOT_ISSUED
 * @throws AppError CODE_EXPIRED  a temporary code whose time has run out, which WeChat answers with 404
 * @throws AppError WECHAT_REFUSED  `details.kind` is `ticketUnknown`: WeChat knows no such ticket (404)
 * @throws WeChatError  any other failure of the call
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function showWeChatPicture(
  ctx: Context,
  accountId: string,
  codeId: string,
): Promise<WeChatPicture> {
  authorise(ctx, 'viewer', accountId);
  const { ticket, expiresAt } = await requireCode(ctx, ctx.db, accountId, codeId);
  if (ticket === null)
    throw new AppError('CODE_NOT_ISSUED', `code ${codeId} is not issued`, { what: 'code' });
  const client = await ctx.wechat.clientFor(accountId);
  try {
    return await client.showQrcode(ticket);
  } catch (error) {
    if (!(error instanceof WeChatError) || error.kind !== 'ticketUnknown') throw error;
    if (expiresAt !== null && new Date(expiresAt) <= ctx.clock.now()) {
      throw new AppError('CODE_EXPIRED', `code ${codeId} has expired`, { what: 'code' }, { cause: error });
    }
    const details = { kind: error.kind, remedy: error.remedy, httpStatus: error.httpStatus };
    throw new AppError('WECHAT_REFUSED', error.message, details, { cause: error });
  }
}
