import { z } from 'zod';

/** Ids of entries are a sequence; as text they survive JSON. */
const entryIdSchema = z.string().regex(/^[1-9]\d{0,17}$/);

export const listAuditSchema = z.object({
  targetKind: z.string().max(64).nullish(),
  actorId: z.string().max(64).nullish(),
  accountId: z.uuid().nullish(),
  before: entryIdSchema.nullish(),
  after: entryIdSchema.nullish(),
  limit: z.number().int().min(1).max(200).default(50),
});
