import { putChannelByNumber } from '@/lib/channels/put-channel-by-number';
import { putChannelOperation } from '@/lib/openapi/operations/channels';
import { apiMethods, apiRoute, StatusAnswer } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  PUT: apiRoute(putChannelOperation, async (ctx, { accountId, params, body }) => {
    const { channel, created } = await putChannelByNumber(ctx, accountId, params.number, body);
    return new StatusAnswer(created ? 201 : 200, channel);
  }),
});
