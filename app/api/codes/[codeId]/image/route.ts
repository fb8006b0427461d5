import { locateCode } from '@/lib/codes/locate-code';
import { getCodeImageOperation } from '@/lib/openapi/operations/codes';
import { printCode } from '@/lib/print/print-code';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { imageResponse } from '@/lib/web/image-response';

/** One symbol for print, for a browser with a session as well as for a key. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    getCodeImageOperation,
    async (ctx, { accountId, params, query }) =>
      imageResponse(await printCode(ctx, accountId, params.codeId ?? '', query), query),
    { locate: (ctx, params) => locateCode(ctx, params.codeId ?? '') },
  ),
});
