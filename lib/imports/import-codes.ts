import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import { makeMissingChannels } from '../channels/make-missing-channels';
import { announceWork } from '../codes/announce-work';
import { wakeIssueWorker } from '../codes/issue-worker';
import { makerOf } from '../codes/maker-of';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { violatedLaw } from '../db/violated-law';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { holdLedger } from '../ledger/move-scenes';
import { authorise } from '../people/authorise';
import { openRowSpool } from '../tables/row-spool';
import { toRowFields } from '../tables/to-row-fields';
import { type ImportRequest, planImport } from './plan-import';
import { requireImport } from './require-import';
import { stageImport } from './stage-import';
import {
  adoptExternal,
  findImport,
  findImportWindows,
  type ImportDraft,
  insertImport,
  insertImportedCodes,
  insertImportedSlots,
  placeImportedSlots,
  releaseExpiredOfImport,
  tallyImport,
} from './store';
import type { ImportDto } from './types';

const windowRows = 10_000;
const transactionTimeoutMs = 300_000;

/**
 * Brings in codes that another system has made at WeChat: all rows or none. They are facts: neither the cap nor own ranges nor
 * twins refuse them; what is odd is flagged. What is here already is left out and counted as `known`.
 *
 * @param request.input.askForUrls  WeChat is asked again, by the queue and with the same scene, for what has no url
 * @param options.id  the id it takes, so that a request repeated after a crash finds what the first one made
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong, rows as `rows.LINE.FIELD`
 * @throws AppError NOT_FOUND  account or campaign is unknown or of another account
 * @throws AppError CONFLICT  another import brings in one of these codes right now
 * @throws AppError PAYLOAD_TOO_LARGE | UNSUPPORTED_MEDIA_TYPE  the file
 */
export async function importCodes(
  ctx: Context,
  accountId: string,
  request: ImportRequest,
  options: { id?: string } = {},
): Promise<ImportDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  if (options.id !== undefined && (await findImport(ctx.db, accountId, options.id))) {
    return requireImport(ctx.db, accountId, options.id);
  }
  const { plan, fileName, check } = await planImport(ctx, accountId, request);
  const id = options.id ?? randomUUID();
  const spool = await openRowSpool<ImportDraft>();
  try {
    const { invalid, rows, newChannels } = await check((drafts) => spool.write(drafts));
    if (invalid > 0) {
      throw new AppError('VALIDATION_FAILED', `${invalid} rows are wrong`, {
        invalid,
        fields: toRowFields(rows),
      });
    }
    await ctx.db.$transaction(
      async (tx) => {
        await makeMissingChannels(tx, accountId, [...newChannels.values()]);
        // Whoever imports the same file at the same time waits here, and then finds its codes.
        await holdLedger(tx, accountId);
        const { createdAt, ...maker } = makerOf(ctx);
        const { known } = await stageImport(tx, accountId, spool.read(), createdAt);
        const { total, adopted, missingUrls } = await tallyImport(tx, createdAt);
        const made = { id, accountId, ...maker, createdAt };
        await insertImport(tx, { ...made, fileName, total, known, adopted });
        await write(tx, accountId, made, plan.askForUrls);
        await recordAudit(ctx, tx, {
          action: 'code.import',
          target: { kind: 'import', id, label: fileName ?? '' },
          accountId,
          details: { total, known, adopted, missingUrls, askForUrls: plan.askForUrls },
        });
        if (plan.askForUrls && missingUrls > 0) await announceWork(tx);
      },
      { timeout: transactionTimeoutMs, maxWait: 60_000 },
    );
  } catch (error) {
    const law = violatedLaw(error);
    if (law !== null && facts.includes(law)) {
      throw new AppError(
        'CONFLICT',
        `a code came in meanwhile: ${law}`,
        { what: 'codeImport' },
        { cause: error },
      );
    }
    throw error;
  } finally {
    await spool.close();
  }
  if (plan.askForUrls) wakeIssueWorker();
  return requireImport(ctx.db, accountId, id);
}

/** Laws that only somebody faster can have made it break. */
const facts = [
  'codes_one_row',
  'codes_one_living_scene',
  'permanent_scenes_one_holder',
  'scene_held_by_permanent',
];

async function write(
  tx: Db,
  accountId: string,
  made: Parameters<typeof insertImportedCodes>[1],
  asks: boolean,
): Promise<void> {
  await adoptExternal(tx, made.createdAt);
  const windows = await findImportWindows(tx, windowRows);
  for (const window of windows) await insertImportedSlots(tx, accountId, window, made.createdAt);
  await placeImportedSlots(tx, accountId);
  await releaseExpiredOfImport(tx, accountId);
  for (const window of windows) await insertImportedCodes(tx, made, window, asks);
}
