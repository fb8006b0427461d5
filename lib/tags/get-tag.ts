import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireTag } from './require-tag';
import type { TagDto } from './types';

/** @throws AppError NOT_FOUND */
export async function getTag(ctx: Context, accountId: string, tagId: string): Promise<TagDto> {
  authorise(ctx, 'viewer', accountId);
  return requireTag(ctx.db, accountId, tagId);
}
