import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { drawSample } from './draw-sample';
import { getPrintableDesign } from './get-printable-design';
import { readDraft } from './read-draft';

/**
 * Draws what somebody is still typing, as it would be printed.
 *
 * @param draft  settings of a design
 * @returns an SVG
 * @throws AppError VALIDATION_FAILED  `details.fields`: it does not hold together yet
 * @throws AppError BUSY
 */
export async function previewDraft(
  ctx: Context,
  accountId: string,
  draft: unknown,
): Promise<Uint8Array<ArrayBuffer>> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { settings, logo } = await readDraft(ctx, accountId, draft);
  return drawSample(settings, logo);
}

/**
 * As `previewDraft`, of a saved design, or of one of its versions.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function previewDesign(
  ctx: Context,
  accountId: string,
  designId: string,
  version?: number,
): Promise<Uint8Array<ArrayBuffer>> {
  authorise(ctx, 'viewer', accountId);
  const { settings, logo } = await getPrintableDesign(ctx, accountId, designId, version);
  return drawSample(settings, logo);
}
