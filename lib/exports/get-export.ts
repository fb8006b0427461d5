import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireExport } from './require-export';
import { toExportDto } from './to-export-dto';
import type { ExportDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function getExport(ctx: Context, accountId: string, exportId: string): Promise<ExportDto> {
  authorise(ctx, 'viewer', accountId);
  return toExportDto(await requireExport(ctx.db, accountId, exportId));
}
