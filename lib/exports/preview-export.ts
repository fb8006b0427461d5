import 'server-only';
import { getCodes } from '../codes/get-codes';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { drawCodes } from '../print/draw-codes';
import { type ExportPlan, foreseeBytes, idAt, planExport } from './plan-export';
import { toLayout } from './recipe';
import type { ExportQueryInput } from './schemas';
import { toFacts, toPieceItem } from './to-facts';
import type { ExportPreviewDto } from './types';

/**
 * What an export would hold before it is made: how many, which not and why, and how large.
 *
 * @throws AppError VALIDATION_FAILED | NOT_FOUND | IMAGE_OUT_OF_BOUNDS
 */
export async function previewExport(
  ctx: Context,
  accountId: string,
  input: ExportQueryInput,
): Promise<ExportPreviewDto> {
  authorise(ctx, 'viewer', accountId);
  const plan = await planExport(ctx, accountId, input);
  const { printable, temporary, leftOut } = plan.selection;
  if (printable === 0) return { printable, temporary, leftOut, bytes: 0, first: [] };
  const maxDataBytes = await foreseeBytes(ctx, accountId, plan);
  const { totalBytes } = toLayout({
    total: printable,
    maxDataBytes,
    manifestRowBytes: plan.manifestRowBytes,
  });
  return { printable, temporary, leftOut, bytes: totalBytes, first: await drawFirst(ctx, accountId, plan) };
}

const SHOWN = 4;

async function drawFirst(
  ctx: Context,
  accountId: string,
  plan: ExportPlan,
): Promise<ExportPreviewDto['first']> {
  const { drawing, selection, timeZone } = plan;
  const ids = Array.from({ length: Math.min(SHOWN, selection.printable) }, (_, at) =>
    idAt(selection.ids, at),
  );
  const facts = (await getCodes(ctx, accountId, ids)).flatMap((code) => toFacts(code, timeZone) ?? []);
  const items = facts.map((each) => toPieceItem(each, '', drawing.design));
  const drawn = await drawCodes({ ...drawing, format: 'svg', items });
  return drawn.map(({ bytes, widthMm, heightMm }, at) => ({
    codeId: facts[at]?.codeId ?? '',
    label: facts[at]?.label ?? '',
    svg: Buffer.from(bytes).toString('base64'),
    widthMm,
    heightMm,
  }));
}
