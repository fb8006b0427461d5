import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { foreseeBytes, planExport } from './plan-export';
import { toLayout } from './recipe';
import type { ExportQueryInput } from './schemas';
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
  if (printable === 0) return { printable, temporary, leftOut, bytes: 0 };
  const maxDataBytes = await foreseeBytes(ctx, accountId, plan);
  const { totalBytes } = toLayout({
    total: printable,
    maxDataBytes,
    manifestRowBytes: plan.manifestRowBytes,
  });
  return { printable, temporary, leftOut, bytes: totalBytes };
}
