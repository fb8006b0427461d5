import { getLogo } from '@/lib/designs/get-logo';
import { locateLogo } from '@/lib/designs/locate-design';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { pictureResponse } from '@/lib/web/image-response';

const showLogoOperation = operation({
  id: 'showLogo',
  method: 'GET',
  path: '/api/designs/logos/{logoId}',
  tag: 'designs',
  summary: 'A logo as this app wrote it; what was uploaded is not kept',
  role: 'viewer',
  scope: 'account',
  params: { logoId: 'of the logo' },
  answers: [{ status: 200, description: 'The picture', contentTypes: ['image/png'] }],
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    showLogoOperation,
    async (ctx, { accountId, params }) => {
      const { png } = await getLogo(ctx, accountId, params.logoId ?? '');
      return pictureResponse({ bytes: png, contentType: 'image/png' });
    },
    { locate: (ctx, { logoId }) => locateLogo(ctx, logoId ?? '') },
  ),
});
