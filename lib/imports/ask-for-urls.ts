import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { announceWork } from '../codes/announce-work';
import { wakeIssueWorker } from '../codes/issue-worker';
import { requireCode } from '../codes/require-code';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { requireImport } from './require-import';
import { type AskForUrlsInput, askForUrlsSchema } from './schemas';
import { queueForUrls } from './store';

/**
 * Has WeChat asked again, by the queue and with the same scene, for imported codes that came without their url.
 *
 * What that does to the quota is not documented; users report that the same scene gives the same code. Done twice, it is done once.
 *
 * @param input  one import, or one code
 * @returns how many are asked for now
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function askForUrls(ctx: Context, accountId: string, input: AskForUrlsInput): Promise<number> {
  authorise(ctx, 'marketer', accountId);
  const which = parseInput(askForUrlsSchema, input);
  const target =
    which.importId === undefined
      ? await requireCode(ctx, ctx.db, accountId, which.codeId ?? '')
      : {
          id: which.importId,
          label: (await requireImport(ctx.db, accountId, which.importId)).fileName ?? '',
        };
  const queued = await ctx.db.$transaction(async (tx) => {
    const count = await queueForUrls(tx, accountId, which, ctx.clock.now());
    if (count === 0) return 0;
    await recordAudit(ctx, tx, {
      action: 'code.askForUrl',
      target: { kind: which.importId === undefined ? 'code' : 'import', id: target.id, label: target.label },
      accountId,
      details: { count },
    });
    await announceWork(tx);
    return count;
  });
  if (queued > 0) wakeIssueWorker();
  return queued;
}
