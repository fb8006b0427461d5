import 'server-only';
import { getAccount } from '../accounts/get-account';
import { findByNames } from '../campaigns/find-by-names';
import { requireCampaign } from '../campaigns/require-campaign';
import { findByNumbers } from '../channels/make-missing-channels';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { inChunks } from '../tables/in-chunks';
import { readMatchedRows } from '../tables/read-matched-rows';
import type { TableFile } from '../tables/read-table';
import type { InvalidRowDto, MatchedColumn, RowIssue } from '../tables/types';
import { importColumnNames } from './column-names';
import { type ImportRow, parseImportRow } from './parse-row';
import { readJsonRows } from './read-rows';
import {
  type ImportCodesInput,
  type ImportPlan,
  importCodesSchema,
  type TableImportInput,
  tableImportSchema,
} from './schemas';
import type { ImportDraft } from './store';
import type { ImportField } from './types';

const chunkRows = 2_000;
const toldInvalidRows = 1_000;

/** Rows as JSON; or a file, and what stands beside it. */
export type ImportRequest = { input: ImportCodesInput } | { input: TableImportInput; file: TableFile };

type NewChannel = NonNullable<ImportRow['channel']>;

export type CheckedImport = {
  invalid: number;
  rows: InvalidRowDto[];
  urlsFromTickets: number;
  /** Channels that rows name and that do not exist, by number. */
  newChannels: Map<string, NewChannel>;
};

export type PlannedImport = {
  plan: ImportPlan;
  fileName: string | null;
  columns: MatchedColumn<ImportField>[];
  check: (accept: (drafts: ImportDraft[]) => Promise<void>) => Promise<CheckedImport>;
};

/**
 * Reads a request as far as it can be without looking at rows. For services that have authorised.
 *
 * @throws AppError VALIDATION_FAILED | NOT_FOUND  what stands beside the rows
 */
export async function planImport(
  ctx: Context,
  accountId: string,
  request: ImportRequest,
): Promise<PlannedImport> {
  const file = 'file' in request ? request.file : null;
  const { rows, ...plan }: ImportPlan & { rows?: unknown[] } =
    'file' in request
      ? parseInput(tableImportSchema, request.input)
      : parseInput(importCodesSchema, request.input);
  const { timeZone } = await getAccount(ctx, accountId);
  const campaign = plan.campaignId ? await requireCampaign(ctx.db, accountId, plan.campaignId) : null;
  const columns: MatchedColumn<ImportField>[] = [];
  return {
    plan,
    fileName: file?.name ?? null,
    columns,
    async check(accept) {
      const result: CheckedImport = { invalid: 0, rows: [], urlsFromTickets: 0, newChannels: new Map() };
      const seen = { scenes: new Map<string, number>(), digests: new Map<string, number>() };
      const written = file
        ? readMatchedRows(file, importColumnNames, (found) => columns.push(...found))
        : readJsonRows(rows ?? []);
      for await (const chunk of inChunks(written, chunkRows)) {
        const named = [...new Set(chunk.flatMap(({ values }) => values.campaign?.trim() || []))];
        const rules = {
          ...{ accountId, timeZone, now: ctx.clock.now(), kind: plan.kind },
          campaignId: campaign?.id ?? null,
          campaigns: await findByNames(ctx.db, accountId, named),
        };
        const good: ImportRow[] = [];
        for (const row of chunk) {
          const read = parseImportRow(row, rules);
          const issues = 'row' in read ? findRepeats(read.row, seen) : read.issues;
          if (issues.length > 0) {
            result.invalid += 1;
            if (result.rows.length < toldInvalidRows) {
              result.rows.push({ line: row.line, ok: false, errors: issues });
            }
          } else if ('row' in read) good.push(read.row);
        }
        result.urlsFromTickets += good.filter(({ isUrlFromTicket }) => isUrlFromTicket).length;
        await noteNewChannels(ctx, accountId, good, result.newChannels);
        if (good.length > 0) await accept(good.map(toDraft));
      }
      return result;
    },
  };
}

/** Two rows of one permanent scene are one code; two of one temporary scene may be two, told apart by their tickets. */
function findRepeats(
  { line, kind, sceneKind, scene, digest }: ImportRow,
  seen: { scenes: Map<string, number>; digests: Map<string, number> },
): RowIssue[] {
  const earlier = kind === 'permanent' ? seen.scenes.get(`${sceneKind} ${scene}`) : seen.digests.get(digest);
  if (earlier !== undefined) {
    const message = `the same code as line ${earlier}`;
    return kind === 'permanent'
      ? [{ field: 'scene', code: 'sceneRepeated', params: { scene, line: earlier }, message }]
      : [{ field: '', code: 'rowRepeated', params: { line: earlier }, message }];
  }
  if (kind === 'permanent') seen.scenes.set(`${sceneKind} ${scene}`, line);
  else seen.digests.set(digest, line);
  return [];
}

async function noteNewChannels(
  ctx: Context,
  accountId: string,
  rows: ImportRow[],
  newChannels: Map<string, NewChannel>,
): Promise<void> {
  const channels = rows.flatMap(({ channel }) => channel ?? []);
  const known = await findByNumbers(ctx.db, accountId, [...new Set(channels.map(({ number }) => number))]);
  for (const channel of channels) {
    if (!known.has(channel.number) && !newChannels.has(channel.number))
      newChannels.set(channel.number, channel);
  }
}

function toDraft({ channel, issuedAt, expiresAt, isUrlFromTicket: _, ...row }: ImportRow): ImportDraft {
  return {
    ...row,
    channelNumber: channel?.number ?? null,
    issuedAt: issuedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
