import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfLogo } from './logo-store';
import { findAccountOfDesign } from './store';

/**
 * The account of a design, for addresses that name the design alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateDesign(ctx: Context, designId: string): Promise<string> {
  authorise(ctx, 'viewer');
  return granted(ctx, await findAccountOfDesign(ctx.db, requireId(designId, 'design')), `design ${designId}`);
}

/** As `locateDesign`, of a logo. */
export async function locateLogo(ctx: Context, logoId: string): Promise<string> {
  authorise(ctx, 'viewer');
  return granted(ctx, await findAccountOfLogo(ctx.db, requireId(logoId, 'design')), `logo ${logoId}`);
}

function granted(ctx: Context, accountId: string | null, what: string): string {
  if (accountId !== null && mayAccess(ctx.actor, accountId)) return accountId;
  throw new AppError('NOT_FOUND', `no ${what}`, { what: 'design' });
}
