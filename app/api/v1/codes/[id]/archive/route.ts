import { archiveCode } from '@/lib/codes/archive-code';
import { locateCode } from '@/lib/codes/locate-code';
import { archiveCodeOperation } from '@/lib/openapi/operations/codes';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(
    archiveCodeOperation,
    (ctx, { accountId, params }) => archiveCode(ctx, accountId, params.id),
    { locate: (ctx, { id }) => locateCode(ctx, id) },
  ),
});
