import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { joinRanges, recordExternalUse } from './record-external-use';
import { type DeclareExternalInput, declareExternalSchema } from './schemas';
import type { ExternalUseDto } from './types';

/**
 * Records which permanent scenes other systems have used, or that none are; permanent codes can be made from then on.
 *
 * May be said again, which adds; each time is an import of its own. Facts are never refused: beyond the cap they overdraw
 * it, and a scene whose digits the other kind holds is entered as a twin. What the ledger knows already stays what it is
 * and is counted as known.
 *
 * @throws AppError VALIDATION_FAILED  nothing said, both said, or a scene that WeChat cannot know
 */
export async function declareExternal(
  ctx: Context,
  accountId: string,
  input: DeclareExternalInput,
): Promise<ExternalUseDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const { none, ranges, strs } = parseInput(declareExternalSchema, input);
  return recordExternalUse(ctx, id, {
    source: ctx.actor.kind === 'apiKey' ? 'api' : 'form',
    fileName: null,
    none: none ?? false,
    ranges: joinRanges(ranges),
    strs: [...new Set(strs)],
  });
}
