import { z } from 'zod';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { feedResponse } from '@/lib/web/feed-response';

const feedOperation = operation({
  id: 'followScans',
  method: 'GET',
  path: '/api/feed',
  tag: 'analytics',
  summary: 'Scans and follows as they come, as server-sent events',
  role: 'viewer',
  scope: 'account',
  query: z.strictObject({}),
  answers: [{ status: 200, description: 'A stream that goes on', contentTypes: ['text/event-stream'] }],
});

/** What the overview and the pages of codes listen to. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(feedOperation, (ctx, { accountId, request }) =>
    feedResponse(ctx, accountId, request),
  ),
});
