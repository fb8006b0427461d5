import { z } from 'zod';
import { importCodesSchema, tableImportSchema } from '../../imports/schemas';
import { maxFileBytes, maxJsonRowsBytes, maxTableRows } from '../../tables/limits';
import { operation } from '../operation';
import { importDryRunSchema, importSchema } from '../resources';

const sharedHints = {
  campaignId: { description: 'for rows that name no campaign' },
  kind: { description: 'for rows that do not tell, nor their ticket' },
  askForUrls: {
    description:
      'true: WeChat is asked again, by the queue and with the same scene, for what has no url. What that does to the quota is not documented',
  },
};

const text = { type: 'string' } as const;

export const importCodesOperation = operation({
  id: 'importCodes',
  method: 'POST',
  path: '/api/v1/codes/import',
  tag: 'codes',
  summary: 'Bring in codes that another system has made at WeChat',
  description: [
    'All rows or none. What is true at WeChat is taken as it is and flagged, see `flags` of a code: neither the cap, nor own ranges, nor twins refuse it. A scene that was declared as used elsewhere becomes the slot of its code. What is here already is left out and counted as `known`.',
    'As `text/csv` the first row names the columns: `scene` 场景值 (digits are an integer), `scene_id`, `scene_str`, `scene_kind`, `kind` 类型, `ticket`, `url`, `label` 名称, `channel` 渠道编号, `channel_name`, `city`, `region`, `expires_at` 到期时间 (a time without a zone is of the account), `campaign` (name or id). The other fields stand in the query. A missing url, kind or expiry is read out of the ticket.',
  ].join('\n\n'),
  role: 'marketer',
  scope: 'account',
  query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
  queryHints: { dryRun: { description: 'true: says what would happen and changes nothing' } },
  body: importCodesSchema,
  bodyHints: {
    ...sharedHints,
    rows: {
      minItems: 1,
      maxItems: maxTableRows,
      items: {
        type: 'object',
        properties: {
          scene: {
            description: '`{id}` or `{str}`, or as in a table: digits are an integer',
            anyOf: [
              { type: 'object', properties: { id: { type: 'integer' }, str: text } },
              { type: 'string' },
              { type: 'integer' },
            ],
          },
          kind: text,
          ticket: text,
          url: text,
          label: text,
          channel: text,
          channelName: text,
          city: text,
          region: text,
          expiresAt: text,
          campaign: text,
        },
      },
    },
  },
  bodyExample: {
    rows: [{ scene: { id: 77 }, url: 'http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI', label: '人民广场店' }],
  },
  maxBodyBytes: maxJsonRowsBytes,
  csv: { fields: tableImportSchema, maxBytes: maxFileBytes, hints: sharedHints },
  answers: [
    {
      status: 201,
      description: 'They are here',
      schema: importSchema,
      example: {
        id: '6b0f3a66-0f6a-4a53-9d0b-6a1d2f6f4c10',
        accountId: '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11',
        fileName: null,
        total: 1,
        known: 0,
        adopted: 0,
        waiting: 0,
        failed: 0,
        missingUrls: 0,
        createdAt: '2026-11-24T08:00:00.000Z',
        createdBy: 'till system',
      },
    },
    { status: 200, description: 'Dry run: nothing was changed', schema: importDryRunSchema },
  ],
  errors: ['CONFLICT'],
});
