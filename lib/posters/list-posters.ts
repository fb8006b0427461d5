import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { posterBounds } from './poster-bounds';
import { findPosterRows } from './store';
import { toPosterDto } from './to-poster-dto';
import type { PosterDto } from './types';

/** The posters of an account, the latest first; there are never more than `posterBounds.most`. */
export async function listPosters(ctx: Context, accountId: string): Promise<PosterDto[]> {
  authorise(ctx, 'viewer', accountId);
  const rows = await findPosterRows(ctx.db, requireId(accountId, 'account'), posterBounds.most);
  return rows.map(toPosterDto);
}
