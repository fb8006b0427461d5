import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { findKeys } from './store';
import type { ApiKeyDto } from './types';

/** All keys, the revoked ones last. */
export async function listApiKeys(ctx: Context): Promise<ApiKeyDto[]> {
  authorise(ctx, 'admin');
  return findKeys(ctx.db);
}
