import { createTagOperation, listTagsOperation } from '@/lib/openapi/operations/tags';
import { createTag } from '@/lib/tags/create-tag';
import { listTags } from '@/lib/tags/list-tags';
import { apiMethods, apiRoute, created } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listTagsOperation, async (ctx, { accountId }) => ({
    items: await listTags(ctx, accountId),
    nextCursor: null,
  })),
  POST: apiRoute(createTagOperation, async (ctx, { accountId, body, onceId }) =>
    created(await createTag(ctx, accountId, body, { id: onceId ?? undefined })),
  ),
});
