import { getChannel } from '@/lib/channels/get-channel';
import { locateChannel } from '@/lib/channels/locate-channel';
import { updateChannel } from '@/lib/channels/update-channel';
import { getChannelOperation, updateChannelOperation } from '@/lib/openapi/operations/channels';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getChannelOperation, (ctx, { accountId, params }) => getChannel(ctx, accountId, params.id), {
    locate: (ctx, { id }) => locateChannel(ctx, id),
  }),
  PATCH: apiRoute(
    updateChannelOperation,
    (ctx, { accountId, params, body }) => updateChannel(ctx, accountId, params.id, body),
    { locate: (ctx, { id }) => locateChannel(ctx, id) },
  ),
});
