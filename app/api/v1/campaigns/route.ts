import { createCampaign } from '@/lib/campaigns/create-campaign';
import { listCampaigns } from '@/lib/campaigns/list-campaigns';
import { createCampaignOperation, listCampaignsOperation } from '@/lib/openapi/operations/campaigns';
import { apiMethods, apiRoute, created } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listCampaignsOperation, (ctx, { accountId, query }) => listCampaigns(ctx, accountId, query)),
  POST: apiRoute(createCampaignOperation, async (ctx, { accountId, body }) =>
    created(await createCampaign(ctx, accountId, body)),
  ),
});
