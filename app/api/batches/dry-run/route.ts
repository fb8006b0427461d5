import { dryRunBatch } from '@/lib/batches/dry-run-batch';
import { apiMethods } from '@/lib/web/api-route';
import { readBatchUpload } from '@/lib/web/read-batch-upload';
import { uploadRoute } from '@/lib/web/upload-route';

/** What a count or a file would make, row by row; nothing changes. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: uploadRoute('marketer', (ctx, upload) => dryRunBatch(ctx, upload.accountId, readBatchUpload(upload))),
});
