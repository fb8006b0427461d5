import 'server-only';
import { announceBackground, wakeBackground } from '../background/announce';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { beginExport } from './begin-export';
import { planExport } from './plan-export';
import type { ExportQueryInput } from './schemas';
import { findExport } from './store';
import { toExportDto } from './to-export-dto';
import type { ExportDto } from './types';

/**
 * Has an export made behind the pages: it survives a restart, and its file is then served in any parts.
 *
 * @param id  the id that it should take; a repeated request finds what it made
 * @throws AppError VALIDATION_FAILED | TEMPORARY_NOT_CONFIRMED | CODE_NOT_ISSUED | CODE_EXPIRED | IMAGE_OUT_OF_BOUNDS
 */
export async function prepareExport(
  ctx: Context,
  accountId: string,
  input: ExportQueryInput,
  id?: string,
): Promise<ExportDto> {
  authorise(ctx, 'marketer', accountId);
  const known = id === undefined ? null : await findExport(ctx.db, accountId, id);
  if (known) return toExportDto(known);
  const plan = await planExport(ctx, accountId, input);
  const row = await beginExport(ctx, accountId, plan, { id, way: 'prepared' }, (tx) =>
    announceBackground(tx, 'exports'),
  );
  wakeBackground('exports');
  return toExportDto(row);
}
