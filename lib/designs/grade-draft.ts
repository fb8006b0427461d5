import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import type { DesignGrade } from '../print/design-types';
import { gradeDesign } from '../print/grade-design';
import { readDraft } from './read-draft';
import { SAMPLE_URLS } from './sample';

/**
 * Tries a design on bad renderings of it, before anybody prints: blurred, darkened, rotated, small.
 *
 * @param draft  settings of a design
 * @throws AppError VALIDATION_FAILED  `details.fields`: it does not hold together yet
 * @throws AppError BUSY
 */
export async function gradeDraft(ctx: Context, accountId: string, draft: unknown): Promise<DesignGrade> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { settings, logo } = await readDraft(ctx, accountId, draft);
  return gradeDesign(settings, logo, SAMPLE_URLS);
}
