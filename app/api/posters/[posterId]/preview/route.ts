import { operation } from '@/lib/openapi/operation';
import { getPosterPreview, locatePoster } from '@/lib/posters/get-poster';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { pictureResponse } from '@/lib/web/image-response';

const showPosterOperation = operation({
  id: 'showPoster',
  method: 'GET',
  path: '/api/posters/{posterId}/preview',
  tag: 'designs',
  summary: 'A poster as it looks on a screen',
  role: 'viewer',
  scope: 'account',
  params: { posterId: 'of the poster' },
  answers: [{ status: 200, description: 'The picture', contentTypes: ['image/png'] }],
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    showPosterOperation,
    async (ctx, { accountId, params }) =>
      pictureResponse({
        bytes: await getPosterPreview(ctx, accountId, params.posterId ?? ''),
        contentType: 'image/png',
      }),
    { locate: (ctx, { posterId }) => locatePoster(ctx, posterId ?? '') },
  ),
});
