import { z } from 'zod';
import { previewDraft } from '@/lib/designs/preview-design';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { svgResponse } from '@/lib/web/image-response';
import { readDraftQuery } from '@/lib/web/read-draft-query';

const previewDraftOperation = operation({
  id: 'previewDraft',
  method: 'GET',
  path: '/api/designs/preview',
  tag: 'designs',
  summary: 'What somebody is still typing, drawn as it would be printed',
  role: 'viewer',
  scope: 'account',
  query: z.strictObject({ settings: z.string().max(4_000), codeId: z.string().optional() }),
  answers: [{ status: 200, description: 'An SVG', contentTypes: ['image/svg+xml'] }],
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(previewDraftOperation, async (ctx, { accountId, query }) =>
    svgResponse(await previewDraft(ctx, accountId, readDraftQuery(query.settings), query.codeId)),
  ),
});
