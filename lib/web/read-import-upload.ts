import { z } from 'zod';
import { AppError } from '../errors';
import type { ImportRequest } from '../imports/plan-import';
import type { TableImportInput } from '../imports/schemas';
import { piecesOf, type Upload } from './upload-route';

/** What else the query holds is for the service to judge. */
const besideSchema = z.looseObject({
  fileName: z.string().max(255).optional(),
  charset: z.string().max(40).optional(),
});

/** What the page for codes made elsewhere sends, as the services take it. */
export function readImportUpload({ query, body }: Upload): ImportRequest {
  const beside = besideSchema.safeParse(query);
  if (!beside.success || body === null) throw new AppError('VALIDATION_FAILED', 'there is no file');
  const { fileName, charset, ...input } = beside.data;
  const file = { charset: charset ?? null, name: fileName ?? null, open: () => piecesOf(body) };
  return { input: input as TableImportInput, file };
}
