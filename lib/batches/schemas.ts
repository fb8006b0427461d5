import { z } from 'zod';
import { maxExpireSeconds } from '../codes/scene-limits';
import { filterCodesSchema } from '../codes/schemas';
import { codeKinds } from '../codes/types';
import { oneLine } from '../one-line';
import { tagNamesSchema } from '../tags/schemas';
import { findUnknownPlaceholder } from './label-template';
import { maxBatchRows, maxTemplateCharacters } from './limits';
import { splitTags } from './split-tags';
import { batchStates, rowFilters } from './types';

type Issues = {
  addIssue: (issue: {
    code: 'custom';
    path?: PropertyKey[];
    message: string;
    params: Record<string, unknown>;
  }) => void;
};

const refuse = (issues: Issues, path: PropertyKey[], code: string, message: string, params = {}) =>
  issues.addIssue({ code: 'custom', path, message, params: { code, ...params } });

export const labelTemplateSchema = oneLine(maxTemplateCharacters)
  .pipe(z.string().min(1))
  .superRefine((template, issues) => {
    const name = findUnknownPlaceholder(template);
    if (name !== null)
      refuse(issues, [], 'templatePlaceholder', `nothing is called {${name}}`, { name: `{${name}}` });
  });

const common = {
  campaignId: z.string().min(1),
  channelId: z.string().nullish(),
  kind: z.enum(codeKinds),
  labelTemplate: labelTemplateSchema.optional(),
  expireSeconds: z.coerce.number().int().optional(),
  /** Permanent codes that the rows' channels have already are handed over to the campaign; slots are spent on the rest only. */
  reuse: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .default(false),
  /** Put on every code, by name, those that are missing being made; in a query with `;` between them. */
  tags: z
    .union([z.string().transform(splitTags), z.array(z.string())])
    .pipe(tagNamesSchema)
    .default([]),
  /** From when on they serve it; at once when left out. */
  reuseFrom: z.iso.datetime({ offset: true }).optional(),
};

function checkReuse({ kind, reuse }: { kind: string; reuse: boolean }, issues: Issues): void {
  if (reuse && kind === 'temporary') {
    refuse(issues, ['reuse'], 'reuseTemporary', 'only permanent codes are handed from campaign to campaign');
  }
}

function checkExpiry(
  { kind, expireSeconds }: { kind: string; expireSeconds?: number },
  issues: Issues,
): void {
  if (expireSeconds === undefined) return;
  if (kind === 'permanent')
    refuse(issues, ['expireSeconds'], 'expiryOfPermanent', 'a permanent code never expires');
  else if (expireSeconds < 1 || expireSeconds > maxExpireSeconds) {
    const message = `wanted: 1 to ${maxExpireSeconds} seconds`;
    refuse(issues, ['expireSeconds'], 'expiryRange', message, { min: 1, max: maxExpireSeconds });
  }
}

/** One code for each channel that is not archived and fits; `{}`: for every one. */
export const channelChoiceSchema = z.strictObject({
  q: oneLine(200).optional(),
  city: oneLine(100).optional(),
  region: oneLine(100).optional(),
});
export type ChannelChoice = z.output<typeof channelChoiceSchema>;

/**
 * Many codes from a count, labelled by a template, one for each channel, or from rows; exactly one of these. What a row may hold is checked row by
 * row (`rowSchema`), so that a dry run can name each.
 */
export const createBatchSchema = z
  .strictObject({
    ...common,
    count: z.number().int().min(1).max(maxBatchRows).optional(),
    rows: z.array(z.unknown()).min(1).max(maxBatchRows).optional(),
    channels: channelChoiceSchema.optional(),
  })
  .superRefine((batch, issues) => {
    checkExpiry(batch, issues);
    checkReuse(batch, issues);
    if ([batch.count, batch.rows, batch.channels].filter((way) => way !== undefined).length !== 1) {
      refuse(issues, ['count'], 'countOrRows', 'wanted: one of count, rows and channels');
    }
  });
export type CreateBatchInput = z.input<typeof createBatchSchema>;

/** What stands beside a file; in REST in the query. */
export const tableBatchSchema = z.strictObject(common).superRefine((batch, issues) => {
  checkExpiry(batch, issues);
  checkReuse(batch, issues);
});
export type TableBatchInput = z.input<typeof tableBatchSchema>;

export type BatchPlan = z.output<typeof tableBatchSchema>;

/** These codes, or all that end soon; exactly one of both. */
export const renewCodesSchema = z
  .strictObject({
    codeIds: z.array(z.uuid()).min(1).max(200).optional(),
    filter: filterCodesSchema.required({ expiresWithinDays: true }).optional(),
    expireSeconds: z.number().int().min(1).max(maxExpireSeconds).optional(),
  })
  .superRefine(({ codeIds, filter }, issues) => {
    if ((codeIds === undefined) === (filter === undefined)) {
      refuse(issues, ['codeIds'], 'codesOrFilter', 'wanted: either codeIds or filter');
    }
  });
export type RenewCodesInput = z.input<typeof renewCodesSchema>;

export const listBatchesSchema = z.strictObject({
  campaignId: z.uuid().optional(),
  state: z.enum(batchStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type ListBatchesInput = z.input<typeof listBatchesSchema>;

export const listBatchRowsSchema = z.strictObject({
  status: z.enum(rowFilters).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type ListBatchRowsInput = z.input<typeof listBatchRowsSchema>;
