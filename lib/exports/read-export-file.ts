import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { authorise } from '../people/authorise';
import { exportContentTypes, toExportFileName } from './format';
import { isOutdated } from './is-outdated';
import { readZipRange } from './read-range';
import { readSheetRange } from './read-sheets';
import { toRecipe } from './recipe';
import { requireExport } from './require-export';
import { countDownload, type ExportRow } from './store';

/** The file of an export, any part of it. */
export type ExportFile = {
  fileName: string;
  contentType: string;
  bytes: number;
  /** Changes whenever a byte of the file would. */
  etag: string;
  madeAt: Date;
  /** Makes the bytes from `start` to before `end` again. Given back early, it stops the work. */
  read: (start: number, end: number) => AsyncGenerator<Uint8Array>;
};

/**
 * @param asked.isBegun  the file is asked for from its first byte: then it counts as a download
 * @throws AppError NOT_FOUND
 * @throws AppError EXPORT_STATE  it is not whole, no longer kept, or made by an earlier version of the drawing
 */
export async function readExportFile(
  ctx: Context,
  accountId: string,
  exportId: string,
  asked: { isBegun: boolean },
): Promise<ExportFile> {
  authorise(ctx, 'viewer', accountId);
  const row = await requireExport(ctx.db, accountId, exportId);
  const file = await openExportFile(ctx, row);
  if (asked.isBegun) {
    await ctx.db.$transaction(async (tx) => {
      await countDownload(tx, row.id, ctx.clock.now());
      await recordAudit(ctx, tx, {
        action: 'export.download',
        target: { kind: 'export', id: row.id },
        accountId,
        details: { codes: row.total, as: row.shape, format: row.format },
      });
    });
  }
  return file;
}

/** For services that have let somebody in. @throws AppError EXPORT_STATE */
export async function openExportFile(ctx: Context, row: ExportRow): Promise<ExportFile> {
  const isStale = isOutdated(row);
  const isOver = row.expiresAt <= ctx.clock.now();
  if (row.state !== 'done' || row.bytes === null || isStale || isOver) {
    const state = isStale ? 'outdated' : isOver ? 'removed' : row.state;
    throw new AppError('EXPORT_STATE', `export ${row.id} is ${state}`, { state });
  }
  const recipe = await toRecipe(ctx, row);
  const { db } = ctx;
  return {
    fileName: toExportFileName({
      as: row.shape,
      total: row.total,
      day: recipe.createdOn,
    }),
    contentType: exportContentTypes[row.shape],
    bytes: Number(row.bytes),
    etag: `"${row.id}-${row.digest?.slice(0, 32)}"`,
    madeAt: row.finishedAt ?? row.createdAt,
    async *read(start, end) {
      if (recipe.shape === 'pdf') {
        yield* readSheetRange(db, row.id, { start, end });
        return;
      }
      const stopping = new AbortController();
      try {
        yield* readZipRange(db, recipe, { start, end, signal: stopping.signal });
      } finally {
        stopping.abort();
      }
    },
  };
}
