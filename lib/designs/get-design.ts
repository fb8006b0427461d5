import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireDesign } from './require-design';
import { toDesignDto } from './to-design-dto';
import type { PrintDesignDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function getDesign(ctx: Context, accountId: string, designId: string): Promise<PrintDesignDto> {
  authorise(ctx, 'viewer', accountId);
  return toDesignDto(await requireDesign(ctx.db, accountId, designId));
}
