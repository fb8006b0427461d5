import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { countStates } from './store';
import type { CodeSummaryDto } from './types';

/** Codes by state, for the overview. Permanent ones that are issued stand in the quota (`getQuotaCounts`). */
export async function summariseCodes(ctx: Context, accountId: string): Promise<CodeSummaryDto> {
  authorise(ctx, 'viewer', accountId);
  return countStates(ctx.db, requireId(accountId, 'account'), ctx.clock.now());
}
