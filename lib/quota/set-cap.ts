import 'server-only';
import { updateAccount } from '../accounts/update-account';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { getQuotaCounts } from './get-quota';
import type { QuotaCountsDto } from './types';

/**
 * How many permanent codes the account may have (0…1,000,000; WeChat gives 100,000).
 *
 * One below what is spent is recorded too: nothing is left then.
 */
export async function setCap(ctx: Context, accountId: string, cap: number): Promise<QuotaCountsDto> {
  authorise(ctx, 'admin', accountId);
  await updateAccount(ctx, accountId, { permanentCap: cap });
  return getQuotaCounts(ctx, accountId);
}
