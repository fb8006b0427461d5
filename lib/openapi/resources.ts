import { z } from 'zod';
import {
  type AccountDto,
  type ExternalImportDto,
  type ExternalUseDto,
  externalSources,
  pushModes,
  tokenSources,
} from '../accounts/types';
import {
  type BatchDto,
  type BatchRowDto,
  batchSources,
  batchStates,
  type DryRunDto,
  rowFields,
  rowStatuses,
} from '../batches/types';
import type { CampaignDto } from '../campaigns/types';
import type { ChannelDto } from '../channels/types';
import { leftOutReasons } from '../codes/selection-types';
import { type CodeDto, codeFlags, codeKinds, codeOrigins, codeStatuses } from '../codes/types';
import type { PrintDesignDto } from '../designs/types';
import { errorCodes } from '../errors';
import { exportFaults, exportMerges, exportShapes, exportStates } from '../exports/types';
import { type ImportDryRunDto, type ImportDto, importFields } from '../imports/types';
import { designFieldsSchema } from '../print/design-schemas';
import { printFormats } from '../print/design-types';
import type { QuotaDto } from '../quota/types';
import type { TagDto } from '../tags/types';

const id = z.uuid();
const moment = z.iso.datetime().describe('ISO 8601, UTC');
const localDate = z.iso.date().describe("a local date of the account's time zone");
const count = z.int().nonnegative();

export const accountSchema = z
  .object({
    id,
    name: z.string(),
    appId: z.string(),
    tokenSource: z.enum(tokenSources),
    pushMode: z.enum(pushModes),
    timeZone: z.string().describe('an IANA name, such as Asia/Shanghai'),
    permanentCap: count,
    ownRanges: z
      .array(z.tuple([z.int(), z.int()]))
      .describe('integer scenes that this app may give out, both ends included'),
    ownPrefixes: z
      .array(z.string())
      .describe('what string scenes that this app gives out begin with; empty: anything'),
    hasAppSecret: z.boolean(),
    hasPushToken: z.boolean(),
    hasEncodingAesKey: z.boolean(),
    remoteTokenUrl: z.string().nullable().describe("the company's own token server; only an admin sees it"),
    remoteTokenHeader: z.string().nullable(),
    hasRemoteTokenValue: z.boolean(),
    externalDeclaredAt: moment
      .nullable()
      .describe('when it was said which scenes other systems use; null: no permanent code can be made yet'),
    isDemo: z.boolean(),
    stopped: z
      .object({
        code: z.int().describe("WeChat's errcode"),
        message: z.string(),
        remedy: z.string(),
        blockedIp: z.string().nullable(),
        at: moment,
        until: moment.nullable(),
      })
      .nullable()
      .describe('why no code is issued at present'),
    connectedAt: moment.nullable(),
    createdAt: moment,
  })
  .describe('An official account. Its secrets are written and never read.');

export const campaignSchema = z.object({
  id,
  accountId: id,
  name: z.string(),
  note: z.string(),
  startsOn: localDate.nullable(),
  endsOn: localDate.nullable(),
  owner: z.object({ id, name: z.string() }).nullable(),
  slotBudget: count.nullable().describe('permanent slots that it may spend; null: no bound'),
  cost: z.number().nonnegative().nullable().describe('money spent on it, for the cost of a follower'),
  slotsSpent: count.describe('permanent slots that were reserved for it'),
  archivedAt: moment.nullable(),
  createdAt: moment,
  codeCount: count.describe('codes that serve it now, archived ones left out'),
});

export const channelSchema = z.object({
  id,
  accountId: id,
  number: z.string().describe("the company's own number of the place (编号), unique in the account"),
  name: z.string(),
  city: z.string(),
  region: z.string(),
  columns: z.record(z.string(), z.string()).describe("the company's own columns"),
  archivedAt: moment.nullable(),
  createdAt: moment,
  codeCount: count.describe('codes that hang here, archived ones left out'),
});

const successor = z.object({ id, label: z.string() }).nullable();

export const codeSchema = z.object({
  id,
  accountId: id,
  kind: z.enum(codeKinds),
  scene: z.union([z.object({ id: z.int() }), z.object({ str: z.string() })]),
  status: z.enum(codeStatuses),
  label: z.string(),
  campaign: z.object({ id, name: z.string() }).nullable(),
  channel: z.object({ id, number: z.string(), name: z.string(), city: z.string() }).nullable(),
  tags: z.array(z.object({ id, name: z.string() })).describe('by name'),
  ticket: z.string().nullable(),
  url: z.string().nullable().describe('what the symbol holds; null until issued'),
  expiresAt: moment.nullable(),
  expireSeconds: z.int().nullable(),
  issuedAt: moment.nullable(),
  createdAt: moment,
  createdBy: z.string(),
  archivedAt: moment.nullable(),
  scans: count,
  error: z
    .object({
      kind: z.string(),
      errcode: z.int().nullable(),
      errmsg: z.string().nullable(),
      rid: z.string().nullable(),
      at: moment,
    })
    .nullable()
    .describe('why it is not issued yet, in the words of WeChat'),
  nextAttemptAt: moment.nullable().describe('when WeChat is asked next'),
  canDiscard: z.boolean(),
  origin: z
    .enum(codeOrigins)
    .describe(
      'imported: made by another system and brought in; binding: for one binding, left out of lists unless asked for',
    ),
  flags: z.array(z.enum(codeFlags)).describe('what is odd about an imported code'),
  renews: successor.describe('the temporary code that it follows'),
  renewedBy: successor.describe('its successor'),
});

export const tagSchema = z
  .object({
    id,
    accountId: id,
    name: z.string(),
    marksFollowers: z.boolean().describe('put on the follower at WeChat too, when somebody scans a code'),
    codeCount: count.describe('codes that have it, archived ones left out'),
    markedFollowers: count.describe(
      'followers that it was put on at WeChat, each once; those who left stay counted',
    ),
  })
  .describe('What codes are grouped by, and perhaps the followers whom they bring.');

const batchChannel = z.object({ id, number: z.string(), name: z.string() }).nullable();

export const batchSchema = z
  .object({
    id,
    accountId: id,
    campaign: z.object({ id, name: z.string() }).nullable().describe('null of a renewal'),
    channel: batchChannel.describe('where codes hang whose row names no channel'),
    kind: z.enum(codeKinds),
    source: z.enum(batchSources),
    fileName: z.string().nullable(),
    labelTemplate: z.string().nullable(),
    state: z
      .enum(batchStates)
      .describe(
        'done: every code is issued; failed: nothing waits any more, and some codes were refused for good',
      ),
    pause: z
      .union([
        z.object({ reason: z.literal('person'), by: z.string(), at: moment }),
        z.object({ reason: z.literal('accountStopped'), errcode: z.int(), until: moment.nullable() }),
      ])
      .nullable()
      .describe('why it is paused: by somebody, or because the official account is stopped'),
    total: count.describe('codes made: reserved + issued + failed + returned'),
    reserved: count.describe('wait for WeChat'),
    issued: count,
    failed: count.describe('refused for good; `retry` asks again'),
    returned: count.describe('taken back before WeChat could see them'),
    reused: count.describe('rows that got a permanent code of their channel; no part of total'),
    known: count.describe('rows that an earlier import had made: nothing was made twice'),
    createdAt: moment,
    createdBy: z.string(),
    startedAt: moment.nullable(),
    finishedAt: moment.nullable(),
  })
  .describe('Many codes at once.');

const codeError = z
  .object({
    kind: z.string(),
    errcode: z.int().nullable(),
    errmsg: z.string().nullable(),
    rid: z.string().nullable(),
    at: moment,
  })
  .nullable();

export const batchRowSchema = z.object({
  line: z.int().describe('of the file, its header being line 1; by count or in JSON from 1'),
  key: z.string().nullable(),
  codeId: id,
  label: z.string(),
  scene: z.union([z.object({ id: z.int() }), z.object({ str: z.string() })]),
  status: z.enum(rowStatuses),
  channel: batchChannel,
  ticket: z.string().nullable(),
  url: z.string().nullable(),
  expiresAt: moment.nullable(),
  issuedAt: moment.nullable(),
  error: codeError,
  nextAttemptAt: moment.nullable(),
  reusedFrom: moment.nullable().describe('the channel had this code; it serves the campaign since then'),
});

export const dryRunSchema = z.object({
  valid: count.describe('rows that would be made'),
  invalid: count,
  known: count.describe('rows that an earlier import has made and that would be left out'),
  rows: z
    .array(
      z.object({
        line: z.int(),
        ok: z.literal(false),
        errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
      }),
    )
    .describe('the invalid ones, the first thousand of them'),
  columns: z
    .array(z.object({ name: z.string(), field: z.enum(rowFields).nullable() }))
    .describe('of a table: what each column was taken for; null: not used'),
  sample: z
    .array(
      z.object({
        line: z.int(),
        label: z.string(),
        scene: z.union([z.object({ id: z.int() }), z.object({ str: z.string() })]).nullable(),
        channel: z.string().nullable(),
        key: z.string().nullable(),
        tags: z.array(z.string()),
      }),
    )
    .describe('what the first rows would become'),
  newChannels: count.describe('channels that would be made'),
  newTags: z.array(z.string()).describe('names of tags that would be made'),
  reusable: count.describe('rows that get a permanent code of their channel with `reuse`'),
  slots: z
    .object({
      needed: count,
      remaining: count,
      budgetLeft: count.nullable().describe("of the campaign's budget; null: it has none"),
      approvalAbove: count
        .nullable()
        .describe(
          'above so many at once an admin is asked: the batch answers `APPROVAL_REQUIRED`; null: never',
        ),
    })
    .nullable()
    .describe('permanent scenes'),
});

export const designSchema = z
  .object({
    id,
    accountId: id,
    name: z.string(),
    settings: designFieldsSchema,
    sheet: z.record(z.string(), z.unknown()).nullable(),
    logo: z.object({ id, widthPx: z.int(), heightPx: z.int() }).nullable(),
    version: z.int().describe('grows by one with each change; earlier versions stay'),
    isDefault: z.boolean().describe('proposed on the pages of the account'),
    archivedAt: moment.nullable(),
    createdAt: moment,
    updatedAt: moment,
  })
  .describe('How symbols are printed, saved by name.');

const pool = z.object({
  issued: count,
  reserved: count,
  external: count,
  unlisted: count,
  remaining: count.describe('of this kind; of a shared pool the same for both'),
});

export const quotaSchema = z
  .object({
    cap: count,
    issued: count,
    reserved: count,
    external: count,
    unlisted: count.describe('spent, by whom and for which scene nobody knows'),
    archived: count.describe('a part of issued'),
    remaining: count,
    pools: z
      .object({ shared: z.boolean(), integer: pool, string: pool })
      .describe('by kind of scene; where pools are not shared, cap and remaining are of both together'),
    callsToday: count.describe("calls of qrcode/create on this day of WeChat's clock (UTC+8)"),
    callLimit: count,
  })
  .describe('cap = issued + reserved + external + unlisted + remaining while nothing is overdrawn.');

export const externalUseSchema = z.object({
  importId: id.describe('by which it can be undone'),
  declaredAt: moment,
  added: count.describe('scenes that were not in the ledger before'),
  known: count.describe('scenes that were'),
});

const ranges = z.array(z.tuple([z.int(), z.int()]));

export const externalImportSchema = z.object({
  id,
  source: z.enum(externalSources),
  fileName: z.string().nullable(),
  none: z.boolean().describe('said that no other system has used any'),
  ranges: ranges.describe('the first of them; moreRanges says how many follow'),
  moreRanges: count,
  strs: z.array(z.string()),
  moreStrs: count,
  added: count.describe('scenes that were not in the ledger before'),
  known: count,
  builtOn: count.describe('scenes that have become codes since; it cannot be undone then'),
  createdAt: moment,
  createdBy: z.string(),
  undone: z.object({ at: moment, by: z.string() }).nullable(),
});

function pageOf(item: z.ZodType) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('for the next page; null: this was the last'),
  });
}

export const accountPageSchema = pageOf(accountSchema);
export const externalImportPageSchema = pageOf(externalImportSchema);
export const exportSchema = z
  .object({
    id,
    accountId: id,
    way: z.enum(['streamed', 'prepared']).describe('streamed: made while it was sent'),
    state: z.enum(exportStates),
    isOutdated: z.boolean().describe('made by an earlier version; its file cannot be made again'),
    as: z.enum(exportShapes),
    format: z.enum(printFormats),
    design: z
      .looseObject({ sizeMm: z.number(), dotsPerInch: z.number() })
      .describe('as it was when the export began'),
    designName: z.string().nullable(),
    designVersion: z.int().nullable(),
    sheet: z.looseObject({}).nullable(),
    merge: z.enum(exportMerges).nullable().describe('the table for variable data that it holds'),
    posterId: id.nullable().describe('the poster that every file is a copy of'),
    query: z.looseObject({}).describe('what the codes were chosen by'),
    total: count.describe('codes in the file'),
    done: count.describe('of these, drawn and proved'),
    leftOut: z
      .object({
        notIssued: count,
        expired: count,
        expiring: count,
        named: z.array(
          z.object({
            id,
            label: z.string(),
            reason: z.enum(leftOutReasons),
            expiresAt: moment.nullable(),
          }),
        ),
      })
      .describe('codes of the choice that cannot be printed; the first 50 by name'),
    bytes: z.int().nullable().describe('of the file; null until it is whole'),
    digest: z.string().nullable().describe('SHA-256 over the SHA-256 of all files in their order'),
    error: z.enum(exportFaults).nullable(),
    downloads: count,
    createdAt: moment,
    createdBy: z.string(),
    startedAt: moment.nullable(),
    finishedAt: moment.nullable(),
    expiresAt: moment.describe('when the file is removed'),
  })
  .meta({ id: 'Export' });

export const campaignPageSchema = pageOf(campaignSchema);
export const tagPageSchema = pageOf(tagSchema);
export const channelPageSchema = pageOf(channelSchema);
export const importSchema = z.object({
  id,
  accountId: id,
  fileName: z.string().nullable(),
  total: count.describe('codes that came in'),
  known: count.describe('rows whose code was here already'),
  adopted: count.describe('of these, on scenes that were known as used elsewhere'),
  waiting: count.describe('WeChat is being asked for their url'),
  failed: count.describe('WeChat refused to tell their url'),
  missingUrls: count.describe('without a url, and nobody is asking'),
  createdAt: moment,
  createdBy: z.string(),
});

export const importDryRunSchema = z.object({
  valid: count.describe('rows that would become codes'),
  invalid: count,
  known: count.describe('rows whose code is here already'),
  rows: dryRunSchema.shape.rows,
  columns: z.array(z.object({ name: z.string(), field: z.enum(importFields).nullable() })),
  permanent: count,
  temporary: count,
  flags: z.partialRecord(z.enum(codeFlags), count).describe('how many would bear each flag'),
  urlsFromTickets: count,
  missingUrls: count.describe('without url, and without a ticket that tells it'),
  askable: count.describe('of those, for how many WeChat can be asked'),
  newChannels: count,
  slots: z.object({ counted: count, adopted: count, remaining: count }),
  sample: z.array(
    z.object({
      line: z.int(),
      label: z.string(),
      kind: z.enum(codeKinds),
      scene: z.union([z.object({ id: z.int() }), z.object({ str: z.string() })]),
      url: z.string().nullable(),
      channel: z.string().nullable(),
      expiresAt: moment.nullable(),
      flags: z.array(z.enum(codeFlags)),
    }),
  ),
});

export const codePageSchema = pageOf(codeSchema);
export const batchPageSchema = pageOf(batchSchema);
export const designPageSchema = pageOf(designSchema);
export const batchRowPageSchema = pageOf(batchRowSchema);

const text = z.string().optional();

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes).describe('stable: what a program decides by'),
    detail: z.string().describe('for a person; Chinese or English by Accept-Language'),
    fields: z
      .array(z.object({ field: z.string(), code: z.string(), message: z.string() }))
      .optional()
      .describe('each thing that is wrong with the input'),
    reference: text.describe('finds the entry in the log of the server'),
    errcode: z.int().optional().describe("WeChat's own"),
    errmsg: text,
    rid: text,
    remedy: text.describe('what to do about what WeChat said'),
    blockedIp: text.describe('the address that the whitelist of the account lacks'),
    until: text,
    codeId: text.describe('the code that was made and that WeChat refused'),
    remaining: z.int().optional().describe('permanent scenes that are left'),
    kind: z.enum(['integer', 'string']).optional().describe('whose pool is empty, where each kind has one'),
    limitedBy: z
      .literal('ownRanges')
      .optional()
      .describe('the numbers left to this app are used up, the cap is not'),
    approvalId: text.describe('of the request that an admin has been asked to decide'),
    href: text.describe('the page where it is decided'),
    slots: z.int().optional().describe('permanent slots that were asked for'),
    campaign: text.describe('whose budget is spent'),
    budget: z.int().optional().describe('permanent slots that the campaign may take'),
    spent: z.int().optional().describe('of the budget'),
    left: z.int().optional().describe('of the budget'),
    days: z.int().optional().describe('until the slot may be given to a new code'),
    count: z.int().optional().describe('scenes of an import that have become codes'),
    reason: text,
    state: text.describe('the state that a batch has'),
    invalid: z.int().optional().describe('rows of a batch that are wrong'),
    smallestMm: z.number().optional(),
    largestMm: z.number().optional(),
  })
  .describe('RFC 9457');

// What the services give back fits the schemas above, or this does not compile.
type Fits<Schema extends z.ZodType, _Dto extends z.infer<Schema>> = Schema;
export type Checked = [
  Fits<typeof accountSchema, AccountDto>,
  Fits<typeof campaignSchema, CampaignDto>,
  Fits<typeof channelSchema, ChannelDto>,
  Fits<typeof codeSchema, CodeDto>,
  Fits<typeof tagSchema, TagDto>,
  Fits<typeof batchSchema, BatchDto>,
  Fits<typeof batchRowSchema, BatchRowDto>,
  Fits<typeof designSchema, PrintDesignDto>,
  Fits<typeof dryRunSchema, DryRunDto>,
  Fits<typeof importSchema, ImportDto>,
  Fits<typeof importDryRunSchema, ImportDryRunDto>,
  Fits<typeof quotaSchema, QuotaDto>,
  Fits<typeof externalUseSchema, ExternalUseDto>,
  Fits<typeof externalImportSchema, ExternalImportDto>,
];
