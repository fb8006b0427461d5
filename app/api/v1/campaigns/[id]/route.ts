import { getCampaign } from '@/lib/campaigns/get-campaign';
import { locateCampaign } from '@/lib/campaigns/locate-campaign';
import { updateCampaign } from '@/lib/campaigns/update-campaign';
import { getCampaignOperation, updateCampaignOperation } from '@/lib/openapi/operations/campaigns';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(
    getCampaignOperation,
    (ctx, { accountId, params }) => getCampaign(ctx, accountId, params.id),
    { locate: (ctx, { id }) => locateCampaign(ctx, id) },
  ),
  PATCH: apiRoute(
    updateCampaignOperation,
    (ctx, { accountId, params, body }) => updateCampaign(ctx, accountId, params.id, body),
    { locate: (ctx, { id }) => locateCampaign(ctx, id) },
  ),
});
