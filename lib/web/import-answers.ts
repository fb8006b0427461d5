import type { Context } from '../context';
import { dryRunImport } from '../imports/dry-run-import';
import { importCodes } from '../imports/import-codes';
import type { ImportRequest } from '../imports/plan-import';
import type { ImportCodesInput } from '../imports/schemas';
import { StatusAnswer } from './api-route';
import { describeRows } from './problem';
import type { SentFile } from './read-file-body';

type Asked = {
  accountId: string;
  query: { dryRun?: 'true' | 'false' };
  body: ImportCodesInput;
  file: SentFile | null;
  request: Request;
  onceId: string | null;
};

/** Codes made elsewhere, from JSON or a table: 201, or with `dryRun=true` what would happen. */
export async function answerImportCodes(ctx: Context, asked: Asked): Promise<StatusAnswer> {
  const { accountId, query, body, file, request, onceId } = asked;
  const given: ImportRequest = file ? { input: body, file: { ...file, name: null } } : { input: body };
  if (query.dryRun === 'true') {
    const dryRun = await dryRunImport(ctx, accountId, given);
    const rows = await describeRows(dryRun.rows, request.headers.get('accept-language'));
    return new StatusAnswer(200, { ...dryRun, rows });
  }
  return new StatusAnswer(201, await importCodes(ctx, accountId, given, { id: onceId ?? undefined }));
}
