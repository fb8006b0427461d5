import 'server-only';
import { z } from 'zod';
import type { Context } from '../context';
import { idSchema, parseInput } from '../field-issues';
import { accessibleAccounts, authorise } from '../people/authorise';
import { forReader } from './get-account';
import { findAccountSummaries, findAccounts } from './store';
import type { AccountPageDto, AccountSummaryDto } from './types';

/** The accounts that one may see, in order of making. */
export async function listAccounts(ctx: Context): Promise<AccountSummaryDto[]> {
  authorise(ctx, 'viewer');
  return findAccountSummaries(ctx.db, accessibleAccounts(ctx.actor), ctx.clock.now());
}

export const accountPageSchema = z.object({
  limit: z.number().int().min(1).max(200).default(50),
  cursor: idSchema.nullish(),
});

/**
 * The same accounts in full, a page at a time.
 *
 * @param input.cursor  `nextCursor` of the page before
 * @throws AppError VALIDATION_FAILED  limit (1…200) or cursor
 */
export async function listAccountDetails(
  ctx: Context,
  input: z.input<typeof accountPageSchema> = {},
): Promise<AccountPageDto> {
  authorise(ctx, 'viewer');
  const { limit, cursor } = parseInput(accountPageSchema, input);
  const found = await findAccounts(ctx.db, {
    ids: accessibleAccounts(ctx.actor),
    after: cursor ?? null,
    take: limit + 1,
    now: ctx.clock.now(),
  });
  const items = found.slice(0, limit).map((account) => forReader(ctx, account));
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}
