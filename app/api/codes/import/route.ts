import { importCodes } from '@/lib/imports/import-codes';
import { apiMethods } from '@/lib/web/api-route';
import { readImportUpload } from '@/lib/web/read-import-upload';
import { repeatableId, uploadRoute } from '@/lib/web/upload-route';

/** A file is too large for a server action, and none tells how much of it has been sent. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: uploadRoute('marketer', (ctx, { query: { once, ...query }, ...upload }) => {
    const { accountId } = upload;
    const options = typeof once === 'string' ? { id: repeatableId(ctx, accountId, once) } : {};
    return importCodes(ctx, accountId, readImportUpload({ ...upload, query }), options);
  }),
});
