import { locateExternalImport } from '@/lib/accounts/locate-external-import';
import { undoExternalImport } from '@/lib/accounts/undo-external-import';
import { undoExternalImportOperation } from '@/lib/openapi/operations/quota';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute(
    undoExternalImportOperation,
    (ctx, { accountId, params }) => undoExternalImport(ctx, accountId, params.importId),
    { locate: (ctx, { importId }) => locateExternalImport(ctx, importId) },
  ),
});
