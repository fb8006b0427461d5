import { z } from 'zod';
import { maxBatchRows } from '../../batches/limits';
import {
  createBatchSchema,
  listBatchesSchema,
  listBatchRowsSchema,
  tableBatchSchema,
} from '../../batches/schemas';
import { maxFileBytes, maxJsonRowsBytes } from '../../tables/limits';
import { operation } from '../operation';
import { batchPageSchema, batchRowPageSchema, batchSchema, dryRunSchema } from '../resources';
import { pageHints } from './page-query';

const example = {
  id: '8e1f3a66-0f6a-4a53-9d0b-6a1d2f6f4c10',
  accountId: '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11',
  campaign: { id: '7c0c1f4e-7a1d-4c1e-8f57-0a4b9b7f2f10', name: '双十二会员日' },
  channel: null,
  kind: 'permanent',
  source: 'rows',
  fileName: null,
  labelTemplate: null,
  state: 'queued',
  pause: null,
  total: 2,
  reserved: 2,
  issued: 0,
  failed: 0,
  returned: 0,
  reused: 0,
  known: 0,
  createdAt: '2026-11-24T08:00:00.000Z',
  createdBy: 'till system',
  startedAt: null,
  finishedAt: null,
};

const params = { id: 'of the batch' };
const sharedHints = {
  labelTemplate: {
    minLength: 1,
    maxLength: 200,
    description:
      'labels for codes that bring none: `{n}` (`{nnnn}`: 0001), `{campaign}`, `{channel}`, `{number}`; by count `{campaign} {n}` when left out',
  },
  expireSeconds: {
    type: 'integer',
    minimum: 1,
    maximum: 2_592_000,
    description: 'for temporary codes; 30 days when left out',
  },
  reuse: {
    description:
      'true: a row whose channel has a permanent code that serves another campaign gets that one, the oldest first, and no slot is spent on it',
  },
  tags: {
    description:
      'names of tags for every code; those that are missing are made. As a text with `;` between, in the query',
  },
  reuseFrom: { description: 'since when those serve the campaign; at once when left out' },
};

export const listBatchesOperation = operation({
  id: 'listBatches',
  method: 'GET',
  path: '/api/v1/batches',
  tag: 'batches',
  summary: 'Batches, newest first',
  role: 'viewer',
  scope: 'account',
  query: listBatchesSchema,
  queryHints: pageHints,
  answers: [{ status: 200, description: 'One page', schema: batchPageSchema }],
});

export const createBatchOperation = operation({
  id: 'createBatch',
  method: 'POST',
  path: '/api/v1/batches',
  tag: 'batches',
  summary: 'Make many codes: from a count, from rows, or from a table',
  description: [
    'All scenes are reserved at once, all or none; issuing follows, see `GET /api/v1/batches/{id}`.',
    'As `text/csv` (UTF-8, UTF-16 with BOM or GB18030, found or named in Content-Type; comma, semicolon or tab; at most 64 MB) the first row names the columns: `label` 名称, `scene` 场景值 (digits are an integer), `scene_id`, `scene_str`, `channel` 渠道编号, `channel_name` 渠道名称, `city` 城市, `region` 区域, `key`, `expire_seconds`, `tags` 标签 (names with `;` or `、` between). The other fields stand in the query.',
    'A channel or tag that does not exist is made. A row that an earlier batch of the campaign has made, by its `key` or else by its whole content, is left out and counted as `known`.',
  ].join('\n\n'),
  role: 'marketer',
  scope: 'account',
  query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
  queryHints: { dryRun: { description: 'true: says what would happen and changes nothing' } },
  body: createBatchSchema,
  bodyHints: {
    ...sharedHints,
    count: { description: 'how many codes; one of this, `rows` and `channels`' },
    channels: {
      description:
        'one code for each channel that fits, once a campaign; `{}`: every channel that is not archived',
    },
    rows: {
      minItems: 1,
      maxItems: maxBatchRows,
      items: {
        type: 'object',
        properties: {
          label: { type: 'string', maxLength: 200 },
          scene: {
            description: '`{id}` or `{str}`, or as in a table: digits are an integer',
            anyOf: [
              { type: 'object', properties: { id: { type: 'integer' }, str: { type: 'string' } } },
              { type: 'string' },
              { type: 'integer' },
            ],
          },
          channel: { type: 'string', maxLength: 64, description: 'its number (编号)' },
          channelName: { type: 'string', maxLength: 200, description: 'for a channel that is made' },
          city: { type: 'string' },
          region: { type: 'string' },
          key: {
            type: 'string',
            maxLength: 200,
            description: "the row's own, by which a repeated row is known",
          },
          expireSeconds: { type: 'integer', minimum: 1, maximum: 2_592_000 },
          tags: {
            description: 'names; those of the whole batch come in addition',
            anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }],
          },
        },
        additionalProperties: false,
      },
    },
  },
  bodyExample: {
    campaignId: example.campaign.id,
    kind: 'permanent',
    rows: [
      { label: '人民广场店 收银台', channel: 'SH-0017', key: 'SH-0017-1' },
      { label: '人民广场店 橱窗', channel: 'SH-0017', key: 'SH-0017-2', scene: { id: 1_001 } },
    ],
  },
  maxBodyBytes: maxJsonRowsBytes,
  csv: { fields: tableBatchSchema, maxBytes: maxFileBytes, hints: sharedHints },
  answers: [
    { status: 202, description: 'Reserved; issuing goes on by itself', schema: batchSchema, example },
    { status: 200, description: 'Dry run: nothing was changed', schema: dryRunSchema },
  ],
  errors: [
    'ACCOUNT_STOPPED',
    'EXTERNAL_USE_UNDECLARED',
    'SCENE_CAP_REACHED',
    'CAMPAIGN_BUDGET_REACHED',
    'APPROVAL_REQUIRED',
    'SCENE_TAKEN',
    'SCENE_NOT_OURS',
    'CONFLICT',
  ],
});

export const getBatchOperation = operation({
  id: 'getBatch',
  method: 'GET',
  path: '/api/v1/batches/{id}',
  tag: 'batches',
  summary: 'How far a batch is',
  role: 'viewer',
  scope: 'account',
  params,
  answers: [{ status: 200, description: 'The batch', schema: batchSchema, example }],
});

export const listBatchRowsOperation = operation({
  id: 'listBatchRows',
  method: 'GET',
  path: '/api/v1/batches/{id}/rows',
  tag: 'batches',
  summary: 'What became of each row',
  description:
    'As JSON page by page; with `as=csv`, or where `text/csv` is accepted first, all of them as a table.',
  role: 'viewer',
  scope: 'account',
  params,
  query: listBatchRowsSchema.extend({ as: z.enum(['json', 'csv']).optional() }),
  queryHints: pageHints,
  answers: [
    {
      status: 200,
      description: 'One page; or the table, in UTF-8 with BOM, in which no cell is a formula',
      schema: batchRowPageSchema,
      contentTypes: ['text/csv; charset=utf-8'],
    },
  ],
});

const change = <const Path extends string>(
  id: string,
  path: Path,
  summary: string,
  description: string,
  state: string,
) =>
  operation({
    id,
    method: 'POST',
    path,
    tag: 'batches',
    summary,
    description,
    role: 'marketer',
    scope: 'account',
    params,
    answers: [
      {
        status: 200,
        description: 'The batch as it is now',
        schema: batchSchema,
        example: { ...example, state },
      },
    ],
    errors: ['BATCH_STATE', 'ACCOUNT_STOPPED', 'CONFLICT'],
  });

export const pauseBatchOperation = change(
  'pauseBatch',
  '/api/v1/batches/{id}/pause',
  'Ask WeChat for no more codes of it',
  'Calls that are under way still end.',
  'queued',
);
export const resumeBatchOperation = change(
  'resumeBatch',
  '/api/v1/batches/{id}/resume',
  'Go on with it',
  'A stopped official account is resumed in its settings, not here.',
  'queued',
);
export const cancelBatchOperation = change(
  'cancelBatch',
  '/api/v1/batches/{id}/cancel',
  'Take back what WeChat cannot have seen',
  'Those codes vanish and their scenes are free again. What is issued stays, and what WeChat may have seen stays spent.',
  'cancelled',
);
export const retryBatchOperation = change(
  'retryBatch',
  '/api/v1/batches/{id}/retry',
  'Ask again for what was refused',
  'With the same scenes; what waits for a later try is asked for at once.',
  'issuing',
);
