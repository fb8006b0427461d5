import { z } from 'zod';
import { maxExpireSeconds } from '../codes/scene-limits';
import { codeKinds } from '../codes/types';
import { oneLine } from '../one-line';
import { findUnknownPlaceholder } from './label-template';
import { maxBatchRows, maxTemplateCharacters } from './limits';
import { batchStates, rowStatuses } from './types';

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
};

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

/**
 * Many codes from a count, labelled by a template, or from rows; exactly one of both. What a row may hold is checked row by
 * row (`rowSchema`), so that a dry run can name each.
 */
export const createBatchSchema = z
  .strictObject({
    ...common,
    count: z.number().int().min(1).max(maxBatchRows).optional(),
    rows: z.array(z.unknown()).min(1).max(maxBatchRows).optional(),
  })
  .superRefine((batch, issues) => {
    checkExpiry(batch, issues);
    if ((batch.count === undefined) === (batch.rows === undefined)) {
      refuse(issues, ['count'], 'countOrRows', 'wanted: either count or rows');
    }
  });
export type CreateBatchInput = z.input<typeof createBatchSchema>;

/** What stands beside a file; in REST in the query. */
export const tableBatchSchema = z.strictObject(common).superRefine(checkExpiry);
export type TableBatchInput = z.input<typeof tableBatchSchema>;

export type BatchPlan = z.output<typeof tableBatchSchema>;

export const listBatchesSchema = z.strictObject({
  campaignId: z.uuid().optional(),
  state: z.enum(batchStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type ListBatchesInput = z.input<typeof listBatchesSchema>;

export const listBatchRowsSchema = z.strictObject({
  status: z.enum(rowStatuses).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type ListBatchRowsInput = z.input<typeof listBatchRowsSchema>;
