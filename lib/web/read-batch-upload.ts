import { z } from 'zod';
import type { BatchRequest } from '../batches/plan-batch';
import { AppError } from '../errors';
import { piecesOf, type Upload } from './upload-route';

/** Counted in the query, or a table in the body. What else the query holds is for the service to judge. */
const besideSchema = z.looseObject({
  count: z.coerce.number().optional(),
  fileName: z.string().max(255).optional(),
  charset: z.string().max(40).optional(),
  /** `true`: one code for each channel that the three below fit. */
  channels: z.literal('true').optional(),
  channelQ: z.string().optional(),
  city: z.string().optional(),
  region: z.string().optional(),
});

/** What the form of a new batch sends, as the services take it. */
export function readBatchUpload({ query, body }: Upload): BatchRequest {
  const beside = besideSchema.safeParse(query);
  if (!beside.success) throw new AppError('VALIDATION_FAILED', 'the query is not right');
  const { count, fileName, charset, channels, channelQ, city, region, ...input } = beside.data;
  // The schemas of the services name what is missing or wrong.
  const fields = input as BatchRequest['input'];
  if (channels) return { input: { ...fields, channels: { q: channelQ, city, region } } };
  if (count !== undefined || body === null) return { input: { ...fields, count } };
  const file = { charset: charset ?? null, name: fileName ?? null, open: () => piecesOf(body) };
  return { input: fields, file };
}
