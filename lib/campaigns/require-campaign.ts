import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { type CampaignRow, findCampaignRow } from './store';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireCampaign(db: Db, accountId: string, campaignId: string): Promise<CampaignRow> {
  requireId(accountId, 'account');
  const row = await findCampaignRow(db, accountId, requireId(campaignId, 'campaign'));
  if (!row) throw new AppError('NOT_FOUND', `no campaign ${campaignId}`, { what: 'campaign' });
  return row;
}
