import 'server-only';
import type { Context } from '../context';
import { AppError, invalidField } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import type { TableFile } from '../tables/read-table';
import { countOverlap } from './external-store';
import { type ExternalFile, readExternalFile } from './read-external-file';
import { countIds, recordExternalUse } from './record-external-use';
import type { ExternalPreviewDto, ExternalUseDto } from './types';

const shownRanges = 12;
const toldFaults = 100;

/**
 * Says what a file of external scenes would do, and changes nothing.
 *
 * @throws AppError VALIDATION_FAILED | PAYLOAD_TOO_LARGE | UNSUPPORTED_MEDIA_TYPE  the file as a whole; lines are never thrown
 */
export async function previewExternalFile(
  ctx: Context,
  accountId: string,
  file: TableFile,
): Promise<ExternalPreviewDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const read = await readExternalFile(file);
  const { ranges, strs, lines, invalid, faults } = read;
  const total = countIds(ranges) + strs.length;
  const { known, ours } = await countOverlap(ctx.db, id, ranges, strs);
  return {
    lines,
    invalid,
    rows: faults,
    total,
    added: total - known,
    known,
    ours,
    integers: total - strs.length,
    strings: strs.length,
    ranges: ranges.slice(0, shownRanges),
    moreRanges: Math.max(0, ranges.length - shownRanges),
  };
}

/**
 * Enters a file of external scenes as one import: all of it, or nothing while one line is faulty.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields` names faulty lines as `rows.LINE.FIELD`; or the file as a whole
 * @throws AppError PAYLOAD_TOO_LARGE | UNSUPPORTED_MEDIA_TYPE
 */
export async function importExternalFile(
  ctx: Context,
  accountId: string,
  file: TableFile,
): Promise<ExternalUseDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const read = await readExternalFile(file);
  refuseFaults(read);
  const { ranges, strs } = read;
  return recordExternalUse(ctx, id, { source: 'file', fileName: file.name, none: false, ranges, strs });
}

function refuseFaults({ invalid, faults, lines }: ExternalFile): void {
  if (lines === 0) throw invalidField('rows', 'tooFew', 'the file says no scene', { min: 1 });
  if (invalid === 0) return;
  const fields = faults.flatMap(({ line, errors }) =>
    errors.map((issue) => ({ ...issue, field: ['rows', line, issue.field].filter(Boolean).join('.') })),
  );
  throw new AppError('VALIDATION_FAILED', `${invalid} lines are wrong`, {
    invalid,
    fields: fields.slice(0, toldFaults),
  });
}
