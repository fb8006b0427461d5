import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { findRows } from './store';
import { toCodeDto } from './to-code-dto';
import type { CodeDto } from './types';

/** The codes of these ids in their order; what is unknown or of another account is left out. */
export async function getCodes(ctx: Context, accountId: string, codeIds: string[]): Promise<CodeDto[]> {
  authorise(ctx, 'viewer', accountId);
  const now = ctx.clock.now();
  const found = new Map((await findRows(ctx.db, codeIds, now)).map((row) => [row.id, row]));
  return codeIds.flatMap((id) => {
    const row = found.get(id);
    return row?.accountId === accountId ? [toCodeDto(row, now)] : [];
  });
}
