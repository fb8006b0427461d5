import { getCode } from '@/lib/codes/get-code';
import { locateCode } from '@/lib/codes/locate-code';
import { getCodeOperation } from '@/lib/openapi/operations/codes';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';

/** What the page of a code asks again and again while WeChat has not issued it: a server action would queue up. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    getCodeOperation,
    (ctx, { accountId, params }) => getCode(ctx, accountId, params.codeId ?? ''),
    { locate: (ctx, params) => locateCode(ctx, params.codeId ?? '') },
  ),
});
