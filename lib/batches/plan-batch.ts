import 'server-only';
import { requireCampaign } from '../campaigns/require-campaign';
import { eachChannel } from '../channels/each-channel';
import { requireChannel } from '../channels/require-channel';
import type { CodeDraft } from '../codes/make-codes';
import { maxExpireSeconds } from '../codes/scene-limits';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { readMatchedRows } from '../tables/read-matched-rows';
import type { TableFile } from '../tables/read-table';
import type { WrittenRow } from '../tables/types';
import { type CheckedRows, checkRows, type ReadRow } from './check-rows';
import { batchColumnNames } from './column-names';
import { channelTemplate, defaultTemplate } from './label-template';
import { maxBatchRows } from './limits';
import { channelRow, countedRow, type ParsedRow, parseRow, type RowRules } from './parse-row';
import { readJsonRows } from './read-rows';
import {
  type BatchPlan,
  type ChannelChoice,
  type CreateBatchInput,
  createBatchSchema,
  type TableBatchInput,
  tableBatchSchema,
} from './schemas';
import type { BatchSource, DryRunDto, RowField } from './types';

/** Clocks of a browser and of a server differ by so much; within it, "now" is meant. */
const toleranceMs = 60_000;

/** For codes that bring no label; a row of a file has to. */
const templates: Partial<Record<BatchSource, string>> = { count: defaultTemplate, channels: channelTemplate };

/** A count, channels or rows as JSON; or a file, and what stands beside it. */
export type BatchRequest = { input: CreateBatchInput } | { input: TableBatchInput; file: TableFile };

export type PlannedBatch = {
  plan: BatchPlan;
  source: BatchSource;
  fileName: string | null;
  rules: RowRules;
  columns: DryRunDto['columns'];
  check: (accept: (drafts: CodeDraft[]) => Promise<void>) => Promise<CheckedRows>;
};

/**
 * Reads a request for a batch as far as it can be without looking at rows. For services that have authorised.
 *
 * @throws AppError VALIDATION_FAILED  the fields beside the rows; campaign or channel is archived
 * @throws AppError NOT_FOUND  campaign or channel is unknown or of another account
 */
export async function planBatch(
  ctx: Context,
  accountId: string,
  request: BatchRequest,
): Promise<PlannedBatch> {
  const columns: DryRunDto['columns'] = [];
  const { plan, count, rows, channels } = readPlan(request);
  const file = 'file' in request ? request.file : null;
  const source = file ? 'csv' : rows ? 'rows' : channels ? 'channels' : 'count';
  const rules = await rulesFor(ctx, accountId, plan, source);
  return {
    plan,
    source,
    fileName: file?.name ?? null,
    rules,
    columns,
    check(accept) {
      const read = file
        ? parsed(
            readMatchedRows(file, batchColumnNames, (found) => columns.push(...found)),
            rules,
          )
        : rows
          ? parsed(readJsonRows(rows), rules)
          : channels
            ? ofChannels(eachChannel(ctx.db, accountId, channels), rules)
            : counted(count ?? 0, rules);
      return checkRows(ctx.db, accountId, rules, read, accept);
    },
  };
}

function readPlan(request: BatchRequest): {
  plan: BatchPlan;
  count?: number;
  rows?: unknown[];
  channels?: ChannelChoice;
} {
  if ('file' in request) return { plan: parseInput(tableBatchSchema, request.input) };
  const { count, rows, channels, ...plan } = parseInput(createBatchSchema, request.input);
  return { plan, count, rows, channels };
}

async function rulesFor(
  ctx: Context,
  accountId: string,
  plan: BatchPlan,
  source: BatchSource,
): Promise<RowRules> {
  const campaign = await requireCampaign(ctx.db, accountId, plan.campaignId);
  if (campaign.archivedAt) throw invalidField('campaignId', 'campaignArchived', 'the campaign is archived');
  const channel = plan.channelId ? await requireChannel(ctx.db, accountId, plan.channelId) : null;
  if (channel?.archivedAt) throw invalidField('channelId', 'channelArchived', 'the channel is archived');
  const now = ctx.clock.now();
  const reuseFrom = plan.reuseFrom === undefined ? now : new Date(plan.reuseFrom);
  if (reuseFrom.getTime() < now.getTime() - toleranceMs) {
    throw invalidField('reuseFrom', 'dateInPast', 'this moment has passed');
  }
  return {
    now,
    reuseFrom: plan.reuse ? reuseFrom : null,
    kind: plan.kind,
    tags: plan.tags,
    campaign: { id: campaign.id, name: campaign.name },
    channel: channel && { number: channel.number, name: channel.name },
    labelTemplate: plan.labelTemplate ?? templates[source] ?? null,
    expireSeconds: plan.kind === 'temporary' ? (plan.expireSeconds ?? maxExpireSeconds) : null,
  };
}

async function* parsed(rows: AsyncIterable<WrittenRow<RowField>>, rules: RowRules): AsyncGenerator<ReadRow> {
  let n = 0;
  for await (const row of rows) {
    n += 1;
    yield { line: row.line, ...parseRow(row, n, rules) };
  }
}

async function* counted(count: number, rules: RowRules): AsyncGenerator<ReadRow> {
  for (let n = 1; n <= count; n++) yield { line: n, ...countedRow(n, rules) };
}

async function* ofChannels(
  channels: AsyncIterable<NonNullable<ParsedRow['channel']>>,
  rules: RowRules,
): AsyncGenerator<ReadRow> {
  let n = 0;
  for await (const channel of channels) {
    n += 1;
    if (n > maxBatchRows) {
      throw invalidField('channels', 'tooMany', `more than ${maxBatchRows}`, { max: maxBatchRows });
    }
    yield { line: n, ...channelRow(n, channel, rules) };
  }
  if (n === 0) throw invalidField('channels', 'channelsNone', 'no channel fits');
}
