import { importCodesOperation } from '@/lib/openapi/operations/imports';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { answerImportCodes } from '@/lib/web/import-answers';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(importCodesOperation, answerImportCodes),
});
