import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { findTag } from './store';
import type { TagDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireTag(db: Db, accountId: string, tagId: string): Promise<TagDto> {
  const id = requireId(tagId, 'tag');
  const tag = await findTag(db, requireId(accountId, 'account'), id);
  if (!tag) throw new AppError('NOT_FOUND', `no tag ${id}`, { what: 'tag' });
  return tag;
}
