import 'server-only';
import type { z } from 'zod';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { listAuditSchema } from './schemas';
import { findEntriesAfter, findEntriesBefore, findTargetKinds } from './store';
import { toAuditEntryDto } from './to-audit-entry-dto';
import type { AuditPageDto } from './types';

/**
 * A page of the audit log, newest first, by kind of target, by who did it, by account.
 *
 * @throws AppError VALIDATION_FAILED  limit (1…200), or a cursor that is none
 */
export async function listAudit(
  ctx: Context,
  input: z.input<typeof listAuditSchema> = {},
): Promise<AuditPageDto> {
  authorise(ctx, 'admin');
  const { before, after, limit, ...filter } = parseInput(listAuditSchema, input);
  const isForward = after !== null && after !== undefined;
  const found = isForward
    ? await findEntriesAfter(ctx.db, filter, BigInt(after), limit + 1)
    : await findEntriesBefore(ctx.db, filter, before ? BigInt(before) : null, limit + 1);
  const hasMore = found.length > limit;
  const rows = isForward ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const items = rows.map(toAuditEntryDto);
  return {
    items,
    olderCursor: isForward || hasMore ? (items.at(-1)?.id ?? null) : null,
    newerCursor: (isForward ? hasMore : Boolean(before)) ? (items[0]?.id ?? null) : null,
  };
}

/** The kinds of things that the log tells of, for the filter. */
export async function listAuditKinds(ctx: Context): Promise<string[]> {
  authorise(ctx, 'admin');
  return findTargetKinds(ctx.db);
}
