import 'server-only';
import { getCodes } from '../codes/get-codes';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { drawCodes } from '../print/draw-codes';
import { drawFirstPage } from './draw-first-page';
import { drawPosterInThread } from './draw-pool';
import { foreseeBytes, foreseeSheetBytes } from './foresee-bytes';
import { layOutSheet } from './lay-out-sheet';
import { type ExportPlan, idAt, planExport } from './plan-export';
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
  const nothing = {
    printable,
    temporary,
    leftOut,
    bytes: 0,
    seconds: null,
    pages: null,
    sheet: null,
    first: [],
  };
  if (printable === 0) return nothing;
  if (plan.sheet) {
    const { design } = plan.drawing;
    const foreseen = await foreseeSheetBytes(ctx, accountId, plan, plan.sheet);
    const sheet = drawFirstPage(layOutSheet(plan.sheet, design), printable, design.background);
    const shown = 1 + Math.max(-1, ...sheet.labels.map(({ item }) => item ?? -1));
    return { ...nothing, ...foreseen, sheet, first: await drawFirst(ctx, accountId, plan, shown) };
  }
  const { maxDataBytes, msEach } = await foreseeBytes(ctx, accountId, plan);
  const { totalBytes } = toLayout({
    total: printable,
    maxDataBytes,
    ...plan.widths,
  });
  return {
    ...nothing,
    bytes: totalBytes,
    seconds: (printable * msEach) / 1_000,
    first: await drawFirst(ctx, accountId, plan, plan.drawing.poster ? SHOWN_POSTERS : SHOWN),
  };
}

const SHOWN = 4;
const SHOWN_POSTERS = 2;
const PATIENCE_MS = 60_000;

async function drawFirst(
  ctx: Context,
  accountId: string,
  plan: ExportPlan,
  wanted: number,
): Promise<ExportPreviewDto['first']> {
  const { drawing, selection, timeZone } = plan;
  const ids = Array.from({ length: Math.min(wanted, selection.printable) }, (_, at) =>
    idAt(selection.ids, at),
  );
  const facts = (await getCodes(ctx, accountId, ids)).flatMap((code) => toFacts(code, timeZone) ?? []);
  const items = facts.map((each) => toPieceItem(each, '', drawing.design));
  const { design, logo, poster } = drawing;
  const names = facts.map(({ codeId, label }) => ({ codeId, label }));
  if (poster) {
    const { widthMm, heightMm } = poster;
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const jpegs = await Promise.all(
      items.map((item) => drawPosterInThread({ drawing: { ...drawing, poster }, item }, patience)),
    );
    return jpegs.map((jpeg, at) => named(names[at], { href: toHref('jpeg', jpeg), widthMm, heightMm }));
  }
  const drawn = await drawCodes({ design, logo, format: 'svg', items });
  return drawn.map(({ bytes, widthMm, heightMm }, at) =>
    named(names[at], { href: toHref('svg+xml', bytes), widthMm, heightMm }),
  );
}

const named = <T>(name: { codeId: string; label: string } | undefined, drawn: T) => ({
  ...(name ?? { codeId: '', label: '' }),
  ...drawn,
});

const toHref = (kind: string, bytes: Uint8Array) =>
  `data:image/${kind};base64,${Buffer.from(bytes).toString('base64')}`;
