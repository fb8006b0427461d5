import { previewExternalFile } from '@/lib/accounts/import-external-file';
import { apiMethods } from '@/lib/web/api-route';
import { readTableUpload } from '@/lib/web/read-table-upload';
import { uploadRoute } from '@/lib/web/upload-route';

/** What a file of external scenes would do, line by line; nothing changes. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: uploadRoute('admin', (ctx, upload) =>
    previewExternalFile(ctx, upload.accountId, readTableUpload(upload)),
  ),
});
