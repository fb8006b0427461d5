import { getCode } from '@/lib/codes/get-code';
import { locateCode } from '@/lib/codes/locate-code';
import { updateCode } from '@/lib/codes/update-code';
import { getCodeOperation, updateCodeOperation } from '@/lib/openapi/operations/codes';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getCodeOperation, (ctx, { accountId, params }) => getCode(ctx, accountId, params.id), {
    locate: (ctx, { id }) => locateCode(ctx, id),
  }),
  PATCH: apiRoute(
    updateCodeOperation,
    (ctx, { accountId, params, body }) => updateCode(ctx, accountId, params.id, body),
    { locate: (ctx, { id }) => locateCode(ctx, id) },
  ),
});
