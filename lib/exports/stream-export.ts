import 'server-only';
import { randomUUID } from 'node:crypto';
import type { LeftOutDto } from '../codes/selection-types';
import type { Context } from '../context';
import { log } from '../log';
import { authorise } from '../people/authorise';
import { beginExport } from './begin-export';
import { finishExport } from './finish-export';
import { exportContentTypes, toExportFileName } from './format';
import { makeSheets } from './make-sheets';
import { planExport } from './plan-export';
import { ExportFaultError, type Lease, proveItems } from './prove-items';
import { UnprovedError } from './prove-record';
import { readZipRange } from './read-range';
import { type Recipe, toRecipe } from './recipe';
import type { ExportQueryInput } from './schemas';
import { countDownload, endExport } from './store';
import type { ExportFault } from './types';

/** A reader may stand still for so long before its export counts as lost. */
const LEASE_MS = 15 * 60_000;

export type ExportStream = {
  exportId: string;
  fileName: string;
  contentType: string;
  /** Of the whole, known before the first byte; null for sheets, whose pages are packed. */
  bytes: number | null;
  leftOut: LeftOutDto;
  /** Given back early, it stops the work; it throws rather than end before it is whole. */
  chunks: AsyncGenerator<Uint8Array>;
};

/**
 * Makes an export while it is sent. Each file is decoded before it leaves; what was sent is kept in the list of exports.
 *
 * @param input  a query, see `exportQuerySchema`
 * @throws AppError VALIDATION_FAILED | TEMPORARY_NOT_CONFIRMED | CODE_NOT_ISSUED | CODE_EXPIRED | IMAGE_OUT_OF_BOUNDS
 */
export async function streamExport(
  ctx: Context,
  accountId: string,
  input: ExportQueryInput,
): Promise<ExportStream> {
  authorise(ctx, 'viewer', accountId);
  const plan = await planExport(ctx, accountId, input);
  const token = randomUUID();
  const until = () => new Date(ctx.clock.now().getTime() + LEASE_MS);
  const row = await beginExport(ctx, accountId, plan, { way: 'streamed', lease: { token, until: until() } });
  const recipe = await toRecipe(ctx, row);
  const lease = { token, until };
  return {
    exportId: row.id,
    fileName: toExportFileName({
      as: recipe.shape,
      total: recipe.total,
      day: recipe.createdOn,
    }),
    contentType: exportContentTypes[recipe.shape],
    bytes: recipe.shape === 'pdf' ? null : recipe.layout.totalBytes,
    leftOut: plan.selection.leftOut,
    chunks: send(ctx, recipe, lease),
  };
}

async function* send(ctx: Context, recipe: Recipe, lease: Lease): AsyncGenerator<Uint8Array> {
  const { id, accountId, layout } = recipe;
  const stopping = new AbortController();
  const end = { exportId: id, leaseToken: lease.token };
  let isWhole = false;
  let fault: ExportFault | null = null;
  try {
    if (recipe.sheet) {
      const making = makeSheets(ctx, recipe, recipe.sheet, { lease, signal: stopping.signal });
      for await (const { bytes } of making) yield bytes;
    } else {
      const proving = proveItems(ctx, recipe, { from: 0, lease, withSlots: true, signal: stopping.signal });
      for await (const { slots } of proving) if (slots) yield slots;
      yield* readZipRange(ctx.db, recipe, {
        start: layout.lastAt,
        end: layout.totalBytes,
        signal: stopping.signal,
      });
    }
    isWhole = await finishExport(ctx, { ...end, accountId });
    if (!isWhole) throw new ExportFaultError('interrupted', `export ${id} was ended from elsewhere`);
    await countDownload(ctx.db, id, ctx.clock.now());
  } catch (error) {
    fault = faultOf(error);
    throw error;
  } finally {
    stopping.abort();
    if (!isWhole) {
      await endExport(ctx.db, end, {
        state: fault === null ? 'cancelled' : 'failed',
        error: fault,
        finishedAt: ctx.clock.now(),
      }).catch((error: unknown) => log().error({ err: error, export: id }, 'an export could not be closed'));
    }
  }
}

export function faultOf(error: unknown): ExportFault {
  if (error instanceof ExportFaultError) return error.fault;
  return error instanceof UnprovedError ? 'unproved' : 'unexpected';
}
