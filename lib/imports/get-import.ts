import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireImport } from './require-import';
import type { ImportDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function getImport(ctx: Context, accountId: string, importId: string): Promise<ImportDto> {
  authorise(ctx, 'viewer', accountId);
  return requireImport(ctx.db, accountId, importId);
}
