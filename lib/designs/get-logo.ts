import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import type { LogoImage } from '../print/design-types';
import { findLogoBytes } from './logo-store';

/**
 * A logo as this app wrote it; what was uploaded is nowhere.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function getLogo(ctx: Context, accountId: string, logoId: string): Promise<LogoImage> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const logo = await findLogoBytes(ctx.db, accountId, requireId(logoId, 'design'));
  if (!logo) throw new AppError('NOT_FOUND', `no logo ${logoId}`, { what: 'design' });
  return logo;
}
