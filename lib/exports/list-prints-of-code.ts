import 'server-only';
import { requireCode } from '../codes/require-code';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import type { PrintDesignSettings } from '../print/design-types';
import { findPrintsOf } from './store';
import type { PrintedFileDto } from './types';

const SHOWN = 20;

/** The exports that held a code, the last first: that is how one learns which posters carry it. @throws AppError NOT_FOUND */
export async function listPrintsOfCode(
  ctx: Context,
  accountId: string,
  codeId: string,
): Promise<PrintedFileDto[]> {
  authorise(ctx, 'viewer', accountId);
  await requireCode(ctx, ctx.db, accountId, codeId);
  const rows = await findPrintsOf(ctx.db, codeId, SHOWN);
  return rows.map(({ fileName, export: made }) => ({
    exportId: made.state === 'removed' ? null : made.id,
    at: made.createdAt.toISOString(),
    by: made.createdByName,
    fileName,
    designName: made.designName,
    format: made.format,
    sizeMm: (made.design as PrintDesignSettings).sizeMm,
  }));
}
