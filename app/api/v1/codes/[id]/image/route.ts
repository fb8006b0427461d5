import { locateCode } from '@/lib/codes/locate-code';
import { getCodeImageOperation } from '@/lib/openapi/operations/codes';
import { printCode } from '@/lib/print/print-code';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { imageResponse } from '@/lib/web/image-response';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(
    getCodeImageOperation,
    async (ctx, { accountId, params, query }) =>
      imageResponse(await printCode(ctx, accountId, params.id, query), query),
    { locate: (ctx, { id }) => locateCode(ctx, id) },
  ),
});
