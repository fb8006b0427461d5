'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { archiveCampaign } from '@/lib/campaigns/archive-campaign';
import { createCampaign } from '@/lib/campaigns/create-campaign';
import { listCampaigns } from '@/lib/campaigns/list-campaigns';
import type { CreateCampaignInput, UpdateCampaignInput } from '@/lib/campaigns/schemas';
import { unarchiveCampaign } from '@/lib/campaigns/unarchive-campaign';
import { updateCampaign } from '@/lib/campaigns/update-campaign';
import { removeReplyOfCampaign } from '@/lib/replies/remove-reply';
import type { ReplyInput } from '@/lib/replies/schemas';
import { setReplyOfCampaign } from '@/lib/replies/set-reply';
import { action } from '@/lib/web/action';

const inAccount = z.object({ accountId: z.string() });
const ofCampaign = inAccount.extend({ campaignId: z.string() });

// The services check `campaign` and `reply` with their own schemas, so that their faults name the fields of the form.
export const createCampaignAction = action(
  'marketer',
  inAccount.extend({ campaign: z.custom<CreateCampaignInput>() }),
  (ctx, { accountId, campaign }) => createCampaign(ctx, accountId, campaign),
);

export const updateCampaignAction = action(
  'marketer',
  ofCampaign.extend({ campaign: z.custom<UpdateCampaignInput>() }),
  async (ctx, { accountId, campaignId, campaign }) => {
    const updated = await updateCampaign(ctx, accountId, campaignId, campaign);
    refresh();
    return updated;
  },
);

export const setReplyOfCampaignAction = action(
  'marketer',
  ofCampaign.extend({ reply: z.custom<ReplyInput>() }),
  async (ctx, { accountId, campaignId, reply }) => {
    await setReplyOfCampaign(ctx, accountId, campaignId, reply);
    refresh();
  },
);

export const removeReplyOfCampaignAction = action(
  'marketer',
  ofCampaign,
  async (ctx, { accountId, campaignId }) => {
    await removeReplyOfCampaign(ctx, accountId, campaignId);
    refresh();
  },
);

export const archiveCampaignAction = action(
  'marketer',
  ofCampaign,
  async (ctx, { accountId, campaignId }) => {
    await archiveCampaign(ctx, accountId, campaignId);
    refresh();
  },
);

export const unarchiveCampaignAction = action(
  'marketer',
  ofCampaign,
  async (ctx, { accountId, campaignId }) => {
    await unarchiveCampaign(ctx, accountId, campaignId);
    refresh();
  },
);

/** For pickers: the first 20 whose name holds the text. */
export const searchCampaignsAction = action(
  'viewer',
  inAccount.extend({ q: z.string() }),
  async (ctx, { accountId, q }) => {
    const { items } = await listCampaigns(ctx, accountId, { q: q.slice(0, 200), limit: 20 });
    return items.map(({ id, name, endsOn }) => ({ id, name, endsOn }));
  },
);
