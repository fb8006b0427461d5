import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfPoster, findPosterPreview, findPosterRow } from './store';
import { toPosterDto } from './to-poster-dto';
import type { PosterDto } from './types';

const noPoster = (id: string) => new AppError('NOT_FOUND', `no poster ${id}`, { what: 'poster' });

/** @throws AppError NOT_FOUND  malformed, unknown, removed, or of another account */
export async function getPoster(ctx: Context, accountId: string, posterId: string): Promise<PosterDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const row = await findPosterRow(ctx.db, accountId, requireId(posterId, 'poster'));
  if (!row) throw noPoster(posterId);
  return toPosterDto(row);
}

/** The page as it looks on a screen, a PNG. @throws AppError NOT_FOUND */
export async function getPosterPreview(
  ctx: Context,
  accountId: string,
  posterId: string,
): Promise<Uint8Array> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const row = await findPosterPreview(ctx.db, accountId, requireId(posterId, 'poster'));
  if (!row) throw noPoster(posterId);
  return row.preview;
}

/** The account of a poster, for addresses that name the poster alone. @throws AppError NOT_FOUND */
export async function locatePoster(ctx: Context, posterId: string): Promise<string> {
  authorise(ctx, 'viewer');
  const accountId = await findAccountOfPoster(ctx.db, requireId(posterId, 'poster'));
  if (accountId !== null && mayAccess(ctx.actor, accountId)) return accountId;
  throw noPoster(posterId);
}
