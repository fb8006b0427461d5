import 'server-only';
import { getAccount } from '../accounts/get-account';
import { getCode } from '../codes/get-code';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { toDrawing } from '../print/to-drawing';
import { drawPreview } from './draw-preview';
import { getPrintableDesign } from './get-printable-design';
import { readDraft } from './read-draft';

/**
 * Draws what somebody is still typing, as it would be printed.
 *
 * @param draft  settings of a design
 * @param codeId  the code to show; a sample when left out
 * @returns an SVG
 * @throws AppError NOT_FOUND  the code is malformed, unknown, of another account
 * @throws AppError CODE_NOT_ISSUED
 * @throws AppError VALIDATION_FAILED  `details.fields`: it does not hold together yet
 * @throws AppError BUSY
 */
export async function previewDraft(
  ctx: Context,
  accountId: string,
  draft: unknown,
  codeId?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { settings, logo } = await readDraft(ctx, accountId, draft);
  if (codeId === undefined) return drawPreview(settings, logo);
  const code = await getCode(ctx, accountId, codeId);
  const { timeZone } = await getAccount(ctx, accountId);
  const { design, item } = toDrawing(settings, code, timeZone);
  return drawPreview(design, logo, item);
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
  return drawPreview(settings, logo);
}
