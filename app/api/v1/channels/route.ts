import { createChannel } from '@/lib/channels/create-channel';
import { listChannels } from '@/lib/channels/list-channels';
import { createChannelOperation, listChannelsOperation } from '@/lib/openapi/operations/channels';
import { apiMethods, apiRoute, created } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listChannelsOperation, (ctx, { accountId, query }) => listChannels(ctx, accountId, query)),
  POST: apiRoute(createChannelOperation, async (ctx, { accountId, body }) =>
    created(await createChannel(ctx, accountId, body)),
  ),
});
