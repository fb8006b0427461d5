import { z } from 'zod';
import { locateDesign } from '@/lib/designs/locate-design';
import { previewDesign } from '@/lib/designs/preview-design';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { svgResponse } from '@/lib/web/image-response';

const showDesignOperation = operation({
  id: 'showDesign',
  method: 'GET',
  path: '/api/designs/{designId}/image',
  tag: 'designs',
  summary: 'A sample of a saved design, or of one of its versions',
  role: 'viewer',
  scope: 'account',
  params: { designId: 'of the design' },
  query: z.strictObject({ version: z.coerce.number().int().min(1).optional() }),
  answers: [{ status: 200, description: 'An SVG', contentTypes: ['image/svg+xml'] }],
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(
    showDesignOperation,
    async (ctx, { accountId, params, query: { version } }) =>
      svgResponse(await previewDesign(ctx, accountId, params.designId ?? '', version), {
        // A version never changes; the engine may, so not for ever.
        maxAgeSeconds: version === undefined ? 0 : 3_600,
      }),
    { locate: (ctx, { designId }) => locateDesign(ctx, designId ?? '') },
  ),
});
