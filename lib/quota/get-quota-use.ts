import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { forecast } from './forecast';
import { getQuotaCounts } from './get-quota';
import type { ForecastDto, QuotaUseDto } from './types';
import { findCampaignUse, findPersonUse, readPace } from './use-store';

const shown = 8;

/** Who and what the slots of this app were spent for: the largest few of each. */
export async function getQuotaUse(ctx: Context, accountId: string): Promise<QuotaUseDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  const campaigns = await findCampaignUse(ctx.db, id, shown);
  const people = await findPersonUse(ctx.db, id, shown);
  return { campaigns, people };
}

/** The day on which the slots run out, as far as the past tells. */
export async function getForecast(ctx: Context, accountId: string): Promise<ForecastDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  const { remaining } = await getQuotaCounts(ctx, id);
  const now = ctx.clock.now();
  return forecast(await readPace(ctx.db, id, now), remaining, now);
}
