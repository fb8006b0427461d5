import { dryRunImport } from '@/lib/imports/dry-run-import';
import { apiMethods } from '@/lib/web/api-route';
import { readImportUpload } from '@/lib/web/read-import-upload';
import { uploadRoute } from '@/lib/web/upload-route';

/** What a file of codes made elsewhere would bring in, row by row; nothing changes. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: uploadRoute('marketer', (ctx, upload) =>
    dryRunImport(ctx, upload.accountId, readImportUpload(upload)),
  ),
});
