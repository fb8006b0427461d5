import { importExternalFile } from '@/lib/accounts/import-external-file';
import { apiMethods } from '@/lib/web/api-route';
import { readTableUpload } from '@/lib/web/read-table-upload';
import { uploadRoute } from '@/lib/web/upload-route';

/** A file of scenes that other systems have used. Sent twice, the second finds all of them known. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: uploadRoute('admin', (ctx, upload) =>
    importExternalFile(ctx, upload.accountId, readTableUpload(upload)),
  ),
});
