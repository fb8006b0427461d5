import 'server-only';
import type { Context } from '../context';
import { csvByteOrderMark, toCsvLine } from '../csv';
import { authorise } from '../people/authorise';
import { requireBatch } from './require-batch';
import { findRowsOfBatch, type RowOfBatch } from './store';

const pageRows = 2_000;

/** Names that an import knows again, and that stay the same in every language: programs read them. */
const header = [
  'line',
  'key',
  'label',
  'scene_kind',
  'scene',
  'channel',
  'channel_name',
  'status',
  'url',
  'ticket',
];
const moreHeader = ['expires_at', 'issued_at', 'error', 'errcode', 'rid', 'code_id', 'reused_from'];

/**
 * What became of a batch's rows, as a CSV in UTF-8 with BOM, read page by page while it is sent.
 *
 * @throws AppError NOT_FOUND  before anything is sent: malformed, unknown, or of another account
 */
export async function exportBatchRows(
  ctx: Context,
  accountId: string,
  batchId: string,
): Promise<{ fileName: string; text: AsyncGenerator<string> }> {
  authorise(ctx, 'viewer', accountId);
  const { id, createdAt } = await requireBatch(ctx, ctx.db, accountId, batchId);
  return { fileName: `batch-${createdAt.slice(0, 10)}-${id.slice(0, 8)}.csv`, text: write(ctx, id) };
}

async function* write(ctx: Context, batchId: string): AsyncGenerator<string> {
  yield csvByteOrderMark + toCsvLine([...header, ...moreHeader]);
  for (let afterLine = -1; ; ) {
    const rows = await findRowsOfBatch(ctx.db, batchId, { afterLine, take: pageRows });
    if (rows.length > 0) yield rows.map(toLine).join('');
    const last = rows.at(-1);
    if (!last || rows.length < pageRows) return;
    afterLine = last.line;
  }
}

function toLine(row: RowOfBatch): string {
  const isOpen = row.status !== 'issued';
  return toCsvLine([
    row.line,
    row.rowKey,
    row.label,
    row.sceneKind,
    row.scene,
    row.channelNumber,
    row.channelName,
    row.status,
    row.url,
    row.ticket,
    row.expiresAt?.toISOString() ?? null,
    row.issuedAt?.toISOString() ?? null,
    isOpen ? (row.errorMessage ?? row.errorKind) : null,
    isOpen ? row.errorCode : null,
    isOpen ? row.errorRid : null,
    row.codeId,
    row.reusedFrom?.toISOString() ?? null,
  ]);
}
