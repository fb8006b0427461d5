import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findPosterBase } from './store';
import type { PosterDrawing, PosterPlacement } from './types';

/**
 * All that setting a code upon a poster takes.
 *
 * @param pinned  the place that an export began with; then a poster that was removed since is found as well
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function getPosterDrawing(
  ctx: Context,
  accountId: string,
  posterId: string,
  pinned?: PosterPlacement,
): Promise<PosterDrawing> {
  authorise(ctx, 'viewer', accountId);
  const row = await findPosterBase(ctx.db, accountId, requireId(posterId, 'poster'));
  if (!row || (row.removedAt && !pinned)) {
    throw new AppError('NOT_FOUND', `no poster ${posterId}`, { what: 'poster' });
  }
  const { anchors, widthMm, heightMm, placement } = row;
  return { id: posterId, base: shared(row.base), anchors, widthMm, heightMm, placement: pinned ?? placement };
}

/** Memory that all threads read: a page of 30 MB is not copied for each piece of work. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
