import { createCode } from '@/lib/codes/create-code';
import { listCodes } from '@/lib/codes/list-codes';
import { createCodeOperation, listCodesOperation } from '@/lib/openapi/operations/codes';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { toIssueAnswer } from './to-issue-answer';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listCodesOperation, (ctx, { accountId, query }) => listCodes(ctx, accountId, query)),
  POST: apiRoute(createCodeOperation, async (ctx, { accountId, body, onceId }) =>
    toIssueAnswer(await createCode(ctx, accountId, body, { id: onceId ?? undefined })),
  ),
});
