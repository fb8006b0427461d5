import 'server-only';
import { toSceneDto } from '../codes/to-code-dto';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { getQuotaCounts } from '../quota/get-quota';
import { openRowSpool } from '../tables/row-spool';
import { type ImportRequest, planImport } from './plan-import';
import { stageImport } from './stage-import';
import { type ImportDraft, sampleImport, tallyFlags, tallyImport } from './store';
import type { ImportDryRunDto } from './types';

const sampleRows = 10;
const transactionTimeoutMs = 300_000;

/**
 * Says row by row what `importCodes` would do with the same request, and changes nothing.
 *
 * @throws AppError VALIDATION_FAILED  what stands beside the rows is wrong, or the file as a whole; rows are never thrown
 * @throws AppError NOT_FOUND | PAYLOAD_TOO_LARGE | UNSUPPORTED_MEDIA_TYPE
 */
export async function dryRunImport(
  ctx: Context,
  accountId: string,
  request: ImportRequest,
): Promise<ImportDryRunDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const planned = await planImport(ctx, accountId, request);
  const spool = await openRowSpool<ImportDraft>();
  try {
    const checked = await planned.check((drafts) => spool.write(drafts));
    const { remaining } = await getQuotaCounts(ctx, accountId);
    const now = ctx.clock.now();
    return await ctx.db.$transaction(
      async (tx) => {
        const { known } = await stageImport(tx, accountId, spool.read(), now);
        const { total, permanent, adopted, missingUrls, askable } = await tallyImport(tx, now);
        const flags = await tallyFlags(tx);
        const sample = await sampleImport(tx, sampleRows);
        return {
          ...{ valid: total, invalid: checked.invalid, known, rows: checked.rows, columns: planned.columns },
          ...{ permanent, temporary: total - permanent, missingUrls, askable },
          flags: Object.fromEntries(flags.map(({ flag, count }) => [flag, count])),
          urlsFromTickets: checked.urlsFromTickets,
          newChannels: checked.newChannels.size,
          slots: { counted: permanent - adopted, adopted, remaining },
          sample: sample.map(({ sceneKind, scene, channelNumber, expiresAt, ...row }) => ({
            ...row,
            scene: toSceneDto(sceneKind, scene),
            channel: channelNumber,
            expiresAt: expiresAt?.toISOString() ?? null,
          })),
        };
      },
      { timeout: transactionTimeoutMs, maxWait: 60_000 },
    );
  } finally {
    await spool.close();
  }
}
