import { createBatch } from '../batches/create-batch';
import { dryRunBatch } from '../batches/dry-run-batch';
import { exportBatchRows } from '../batches/export-batch-rows';
import { listBatchRows } from '../batches/list-batch-rows';
import type { BatchRequest } from '../batches/plan-batch';
import type { CreateBatchInput, ListBatchRowsInput } from '../batches/schemas';
import type { Context } from '../context';
import { StatusAnswer } from './api-route';
import { csvResponse } from './csv-response';
import { describeRows } from './problem';
import type { SentFile } from './read-file-body';

type Asked = {
  accountId: string;
  query: { dryRun?: 'true' | 'false' };
  body: CreateBatchInput;
  file: SentFile | null;
  request: Request;
  onceId: string | null;
};

/** A batch from JSON or a table: 202, or with `dryRun=true` what would happen. */
export async function answerCreateBatch(ctx: Context, asked: Asked): Promise<StatusAnswer> {
  const { accountId, query, body, file, request, onceId } = asked;
  const batch: BatchRequest = file ? { input: body, file: { ...file, name: null } } : { input: body };
  if (query.dryRun === 'true') {
    const dryRun = await dryRunBatch(ctx, accountId, batch);
    const rows = await describeRows(dryRun.rows, request.headers.get('accept-language'));
    return new StatusAnswer(200, { ...dryRun, rows });
  }
  return new StatusAnswer(202, await createBatch(ctx, accountId, batch, { id: onceId ?? undefined }));
}

/** A page of rows, or all of them as a table. */
export async function answerBatchRows(
  ctx: Context,
  accountId: string,
  batchId: string,
  { as, ...page }: ListBatchRowsInput & { as?: 'json' | 'csv' },
  request: Request,
): Promise<unknown> {
  const prefersCsv = /^\s*text\/csv/i.test(request.headers.get('accept') ?? '');
  if (as === 'json' || (as === undefined && !prefersCsv)) {
    return listBatchRows(ctx, accountId, batchId, page);
  }
  return csvResponse(await exportBatchRows(ctx, accountId, batchId));
}
