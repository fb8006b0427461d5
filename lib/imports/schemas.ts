import { z } from 'zod';
import { codeKinds } from '../codes/types';
import { maxTableRows } from '../tables/limits';

const common = {
  /** For rows that name no campaign; none: they serve none until handed over. */
  campaignId: z.string().min(1).nullish(),
  /** For rows that do not tell, nor their ticket: `permanent` when left out. */
  kind: z.enum(codeKinds).default('permanent'),
  /** Ask WeChat again, with the same scene, for what has no url. What that does to the quota is not documented. */
  askForUrls: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .default(false),
};

/** What stands beside a file; in REST in the query. */
export const tableImportSchema = z.strictObject(common);
export type TableImportInput = z.input<typeof tableImportSchema>;

export const importCodesSchema = z.strictObject({
  ...common,
  rows: z.array(z.unknown()).min(1).max(maxTableRows),
});
export type ImportCodesInput = z.input<typeof importCodesSchema>;

export type ImportPlan = z.output<typeof tableImportSchema>;

/** Of one import, or of one code; exactly one of both. */
export const askForUrlsSchema = z
  .strictObject({ importId: z.uuid().optional(), codeId: z.uuid().optional() })
  .refine(({ importId, codeId }) => (importId === undefined) !== (codeId === undefined));
export type AskForUrlsInput = z.input<typeof askForUrlsSchema>;
