import 'server-only';
import type { SelectionDto } from '../codes/selection-types';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { planExport } from './plan-export';
import type { ExportQueryInput } from './schemas';

/**
 * How many codes an export would hold and which it leaves out: known before anything is drawn.
 *
 * @throws AppError VALIDATION_FAILED | NOT_FOUND
 */
export async function countExport(
  ctx: Context,
  accountId: string,
  input: ExportQueryInput,
): Promise<SelectionDto> {
  authorise(ctx, 'viewer', accountId);
  const { printable, temporary, leftOut } = (await planExport(ctx, accountId, input)).selection;
  return { printable, temporary, leftOut };
}
