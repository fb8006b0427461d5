import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { DRAWING_VERSION } from './drawing';
import { foreseeBytes } from './foresee-bytes';
import { layOutSheet } from './lay-out-sheet';
import { type ExportPlan, requirePrintable } from './plan-export';
import { filterOf } from './schemas';
import { type ExportRow, insertExport, jsonNull, readRetentionDays, toJson } from './store';
import type { ExportWay } from './types';

const DAY_MS = 86_400_000;

/**
 * Pins an export, `isWaiting` for whoever downloads it: the codes, the design as it is now, the places in the file. One entry of the audit log, however many codes.
 *
 * @throws AppError see `requirePrintable` and `foreseeBytes`
 */
export async function beginExport(
  ctx: Context,
  accountId: string,
  plan: ExportPlan,
  begin: { id?: string; way: ExportWay; lease?: { token: string; until: Date }; isWaiting?: boolean },
  after?: (tx: Db) => Promise<void>,
): Promise<ExportRow> {
  requirePrintable(plan);
  const { query, selection, drawing, saved } = plan;
  if (plan.sheet) layOutSheet(plan.sheet, drawing.design);
  const maxDataBytes = plan.sheet ? 0 : (await foreseeBytes(ctx, accountId, plan)).maxDataBytes;
  const { actor } = ctx;
  const now = ctx.clock.now();
  return ctx.db.$transaction(async (tx) => {
    const days = await readRetentionDays(tx, accountId);
    const row = await insertExport(tx, {
      ...(begin.id ? { id: begin.id } : {}),
      accountId,
      way: begin.way,
      state: begin.lease ? 'working' : 'queued',
      shape: query.as,
      format: drawing.format,
      query: toJson(shownQuery(plan)),
      selection: selection.ids,
      total: selection.printable,
      leftOut: toJson(selection.leftOut),
      design: toJson(drawing.design),
      designId: saved?.id ?? null,
      designVersion: saved?.version ?? null,
      designName: saved?.name ?? null,
      sheet: plan.sheet ? toJson(plan.sheet) : jsonNull,
      poster: drawing.poster
        ? toJson({ id: drawing.poster.id, placement: drawing.poster.placement })
        : jsonNull,
      drawingVersion: DRAWING_VERSION,
      nameTemplate: query.name,
      timeZone: plan.timeZone,
      maxDataBytes,
      ...plan.widths,
      leaseToken: begin.lease?.token ?? null,
      leaseUntil: begin.lease?.until ?? null,
      startedAt: begin.lease && !begin.isWaiting ? now : null,
      createdById: actor.kind === 'user' ? actor.id : null,
      createdByName: actor.kind === 'stranger' ? '' : actor.name,
      createdAt: now,
      expiresAt: new Date(now.getTime() + days * DAY_MS),
    });
    const { sizeMm, dotsPerInch } = drawing.design;
    await recordAudit(ctx, tx, {
      action: begin.way === 'streamed' ? 'export.download' : 'export.create',
      target: { kind: 'export', id: row.id },
      accountId,
      details: {
        codes: selection.printable,
        as: query.as,
        format: drawing.format,
        mm: sizeMm,
        dpi: dotsPerInch,
        ...(saved ? { design: saved.name, version: saved.version } : {}),
      },
    });
    await after?.(tx);
    return row;
  });
}

/** What is kept of the question: not 100,000 ids a second time. */
function shownQuery({ query }: ExportPlan): object {
  const { ids, usableUntil } = query;
  return { ...filterOf(query), usableUntil, ...(ids ? { ids: ids.length } : {}) };
}
