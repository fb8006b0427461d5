import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { wakeBackground } from '../background/announce';
import type { Context } from '../context';
import { AppError } from '../errors';
import { authorise } from '../people/authorise';
import { requireExport } from './require-export';
import { cancelOpenExport, markRemoved } from './store';
import { toExportDto } from './to-export-dto';
import type { ExportDto } from './types';

/**
 * Breaks off an export that is being made. What was proved until then stays on the pages of its codes.
 *
 * @throws AppError NOT_FOUND
 * @throws AppError EXPORT_STATE  it has ended
 */
export async function cancelExport(ctx: Context, accountId: string, exportId: string): Promise<ExportDto> {
  authorise(ctx, 'marketer', accountId);
  const row = await requireExport(ctx.db, accountId, exportId);
  await ctx.db.$transaction(async (tx) => {
    if (!(await cancelOpenExport(tx, accountId, row.id, ctx.clock.now()))) {
      throw new AppError('EXPORT_STATE', `export ${row.id} is ${row.state}`, { state: row.state });
    }
    await recordAudit(ctx, tx, {
      action: 'export.cancel',
      target: { kind: 'export', id: row.id },
      accountId,
    });
  });
  return toExportDto(await requireExport(ctx.db, accountId, row.id));
}

/**
 * Removes the file of an export and every link to it, for good. That it was made stays on the pages of its codes.
 *
 * @throws AppError NOT_FOUND
 */
export async function removeExport(ctx: Context, accountId: string, exportId: string): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  const row = await requireExport(ctx.db, accountId, exportId);
  await ctx.db.$transaction(async (tx) => {
    if (!(await markRemoved(tx, accountId, row.id, ctx.clock.now()))) return;
    await recordAudit(ctx, tx, {
      action: 'export.remove',
      target: { kind: 'export', id: row.id },
      accountId,
    });
  });
  wakeBackground('export retention');
}
