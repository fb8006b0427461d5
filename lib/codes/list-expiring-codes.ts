import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findExpiring } from './list-store';
import { toCodeDto } from './to-code-dto';
import type { CodeDto } from './types';

const dayMs = 86_400_000;

/** Temporary codes whose time runs out within so many days, the soonest first; archived ones left out. */
export async function listExpiringCodes(
  ctx: Context,
  accountId: string,
  { withinDays = 3, limit = 10 }: { withinDays?: number; limit?: number } = {},
): Promise<CodeDto[]> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const now = ctx.clock.now();
  const rows = await findExpiring(
    ctx.db,
    accountId,
    now,
    new Date(now.getTime() + withinDays * dayMs),
    limit,
  );
  return rows.map((row) => toCodeDto(row, now));
}
