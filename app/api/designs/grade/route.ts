import { z } from 'zod';
import { gradeDraft } from '@/lib/designs/grade-draft';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { readDraftQuery } from '@/lib/web/read-draft-query';

const gradeDraftOperation = operation({
  id: 'gradeDraft',
  method: 'GET',
  path: '/api/designs/grade',
  tag: 'designs',
  summary: 'How well a design reads when it is badly rendered',
  role: 'viewer',
  scope: 'account',
  query: z.strictObject({ settings: z.string().max(4_000) }),
  answers: [{ status: 200, description: 'The grade' }],
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(gradeDraftOperation, (ctx, { accountId, query }) =>
    gradeDraft(ctx, accountId, readDraftQuery(query.settings)),
  ),
});
