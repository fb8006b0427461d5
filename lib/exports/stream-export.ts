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
import { requireExport } from './require-export';
import type { ExportQueryInput } from './schemas';
import { claimPinned, countDownload, type ExportRow, endExport } from './store';
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
  const lease = newLease(ctx);
  const { token, until } = lease;
  const row = await beginExport(ctx, accountId, plan, { way: 'streamed', lease: { token, until: until() } });
  return toStream(ctx, row, lease);
}

/**
 * Pins a download of any number of codes for the request that will fetch it: an address holds few ids.
 *
 * @throws AppError  as `streamExport`
 */
export async function pinDownload(
  ctx: Context,
  accountId: string,
  input: ExportQueryInput,
): Promise<{ id: string }> {
  authorise(ctx, 'viewer', accountId);
  const plan = await planExport(ctx, accountId, input);
  const { token, until } = newLease(ctx);
  const { id } = await beginExport(ctx, accountId, plan, {
    way: 'streamed',
    lease: { token, until: until() },
    isWaiting: true,
  });
  return { id };
}

/** Begins a download that was pinned. @returns null when none is waiting under this id. @throws AppError NOT_FOUND */
export async function streamPinned(
  ctx: Context,
  accountId: string,
  exportId: string,
): Promise<ExportStream | null> {
  authorise(ctx, 'viewer', accountId);
  const row = await requireExport(ctx.db, accountId, exportId);
  const lease = newLease(ctx);
  const held = { leaseToken: lease.token, now: ctx.clock.now(), leaseUntil: lease.until() };
  return (await claimPinned(ctx.db, { accountId, exportId }, held)) ? toStream(ctx, row, lease) : null;
}

function newLease(ctx: Context): Lease {
  return { token: randomUUID(), until: () => new Date(ctx.clock.now().getTime() + LEASE_MS) };
}

async function toStream(ctx: Context, row: ExportRow, lease: Lease): Promise<ExportStream> {
  const recipe = await toRecipe(ctx, row);
  return {
    exportId: row.id,
    fileName: toExportFileName({
      as: recipe.shape,
      total: recipe.total,
      day: recipe.createdOn,
    }),
    contentType: exportContentTypes[recipe.shape],
    bytes: recipe.shape === 'pdf' ? null : recipe.layout.totalBytes,
    leftOut: row.leftOut as LeftOutDto,
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
