import { z } from 'zod';
import { AppError, invalidField } from '../errors';
import type { TableFile } from '../tables/read-table';
import { piecesOf, type Upload } from './upload-route';

const besideSchema = z.looseObject({
  fileName: z.string().max(255).optional(),
  charset: z.string().max(40).optional(),
});

/** A table that is the whole body, its name and charset in the query. */
export function readTableUpload({ query, body }: Upload): TableFile {
  const beside = besideSchema.safeParse(query);
  if (!beside.success) throw new AppError('VALIDATION_FAILED', 'the query is not right');
  if (body === null) throw invalidField('rows', 'tooFew', 'there is no file', { min: 1 });
  const { fileName, charset } = beside.data;
  return { charset: charset ?? null, name: fileName ?? null, open: () => piecesOf(body) };
}
