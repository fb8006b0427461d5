import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireCode } from './require-code';
import type { CodeDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function getCode(ctx: Context, accountId: string, codeId: string): Promise<CodeDto> {
  authorise(ctx, 'viewer', accountId);
  return requireCode(ctx, ctx.db, accountId, codeId);
}
