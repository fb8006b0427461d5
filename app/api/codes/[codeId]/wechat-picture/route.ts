import { locateCode } from '@/lib/codes/locate-code';
import { showWeChatPicture } from '@/lib/codes/show-wechat-picture';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { pictureResponse } from '@/lib/web/image-response';

const showPictureOperation = operation({
  id: 'showWeChatPicture',
  method: 'GET',
  path: '/api/codes/{codeId}/wechat-picture',
  tag: 'codes',
  summary: 'The picture of a code as WeChat draws it, fetched through this server',
  role: 'viewer',
  scope: 'account',
  params: { codeId: 'of the code' },
  answers: [{ status: 200, description: 'The picture', contentTypes: ['image/jpeg'] }],
  errors: ['CODE_NOT_ISSUED', 'CODE_EXPIRED', 'WECHAT_REFUSED', 'WECHAT_UNREACHABLE'],
});

/** Browsers never call WeChat themselves: a company network may not reach it, and it would learn who looks. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    showPictureOperation,
    async (ctx, { accountId, params }) =>
      pictureResponse(await showWeChatPicture(ctx, accountId, params.codeId ?? '')),
    { locate: (ctx, params) => locateCode(ctx, params.codeId ?? '') },
  ),
});
