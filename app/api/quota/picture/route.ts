import { z } from 'zod';
import { operation } from '@/lib/openapi/operation';
import { getScenePicture } from '@/lib/quota/get-scene-picture';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';

const scenePictureOperation = operation({
  id: 'getScenePicture',
  method: 'GET',
  path: '/api/quota/picture',
  tag: 'quota',
  summary: 'The integer scenes 1…100,000 as runs of one state: letter and length',
  role: 'viewer',
  scope: 'account',
  answers: [{ status: 200, description: 'The runs', schema: z.object({ picture: z.string() }) }],
});

/** For the map on the quota page, which asks for it once it is seen. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(scenePictureOperation, (ctx, { accountId }) => getScenePicture(ctx, accountId)),
});
