import 'server-only';
import { listDeeds } from '../audit/list-deeds';
import { requireCode } from '../codes/require-code';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import type { PrintDesignSettings } from '../print/design-types';
import { findPrintsOf } from './store';
import type { PrintedFileDto } from './types';

const SHOWN = 20;

/**
 * The files that a code went into, alone or in an export, the last first: that is how one learns which posters carry it.
 *
 * @throws AppError NOT_FOUND
 */
export async function listPrintsOfCode(
  ctx: Context,
  accountId: string,
  codeId: string,
): Promise<PrintedFileDto[]> {
  authorise(ctx, 'viewer', accountId);
  const { id } = await requireCode(ctx, ctx.db, accountId, codeId);
  const [rows, single] = await Promise.all([
    findPrintsOf(ctx.db, id, SHOWN),
    listDeeds(ctx.db, { action: 'code.print', targetKind: 'code', targetId: id }, SHOWN),
  ]);
  const inExports = rows.map(
    ({ fileName, export: made }): PrintedFileDto => ({
      exportId: made.state === 'removed' ? null : made.id,
      at: made.createdAt.toISOString(),
      by: made.createdByName,
      fileName,
      designName: made.designName,
      format: made.format,
      sizeMm: (made.design as PrintDesignSettings).sizeMm,
    }),
  );
  const alone = single.map(
    ({ at, actorName, details }): PrintedFileDto => ({
      exportId: null,
      at,
      by: actorName,
      fileName: null,
      designName: typeof details.design === 'string' ? details.design : null,
      format: String(details.format),
      sizeMm: Number(details.mm),
    }),
  );
  return [...inExports, ...alone].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, SHOWN);
}
