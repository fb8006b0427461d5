import { locateCode } from '@/lib/codes/locate-code';
import { renewCode } from '@/lib/codes/renew-code';
import { renewCodeOperation } from '@/lib/openapi/operations/codes';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { toIssueAnswer } from '../../to-issue-answer';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(
    renewCodeOperation,
    async (ctx, { accountId, params, body, onceId }) =>
      toIssueAnswer(await renewCode(ctx, accountId, params.id, body, { id: onceId ?? undefined })),
    { locate: (ctx, { id }) => locateCode(ctx, id) },
  ),
});
