'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { countExport } from '@/lib/exports/count-export';
import { cancelExport, removeExport } from '@/lib/exports/end-export';
import { prepareExport } from '@/lib/exports/prepare-export';
import { previewExport } from '@/lib/exports/preview-export';
import type { ExportQueryInput, ShareExportInput } from '@/lib/exports/schemas';
import { setExportRetention } from '@/lib/exports/set-retention';
import { listShares, revokeShare, shareExport } from '@/lib/exports/share-export';
import { pinDownload } from '@/lib/exports/stream-export';
import { action } from '@/lib/web/action';

const inAccount = z.object({ accountId: z.string() });
const ofExport = inAccount.extend({ exportId: z.string() });
/** The services behind parse what is asked for. */
const asking = inAccount.extend({ query: z.custom<ExportQueryInput>() });

export const countExportAction = action('viewer', asking, (ctx, { accountId, query }) =>
  countExport(ctx, accountId, query),
);

export const pinDownloadAction = action('viewer', asking, (ctx, { accountId, query }) =>
  pinDownload(ctx, accountId, query),
);

export const previewExportAction = action('viewer', asking, (ctx, { accountId, query }) =>
  previewExport(ctx, accountId, query),
);

export const prepareExportAction = action('marketer', asking, (ctx, { accountId, query }) =>
  prepareExport(ctx, accountId, query),
);

export const cancelExportAction = action('marketer', ofExport, async (ctx, { accountId, exportId }) => {
  await cancelExport(ctx, accountId, exportId);
  refresh();
});

export const removeExportAction = action('marketer', ofExport, async (ctx, { accountId, exportId }) => {
  await removeExport(ctx, accountId, exportId);
  refresh();
});

export const listSharesAction = action('viewer', ofExport, (ctx, { accountId, exportId }) =>
  listShares(ctx, accountId, exportId),
);

export const shareExportAction = action(
  'marketer',
  ofExport.extend({ share: z.custom<ShareExportInput>() }),
  (ctx, { accountId, exportId, share }) => shareExport(ctx, accountId, exportId, share),
);

export const revokeShareAction = action(
  'marketer',
  ofExport.extend({ shareId: z.string() }),
  (ctx, { accountId, exportId, shareId }) => revokeShare(ctx, accountId, exportId, shareId),
);

export const setExportRetentionAction = action(
  'admin',
  inAccount.extend({ days: z.number() }),
  async (ctx, { accountId, days }) => {
    await setExportRetention(ctx, accountId, days);
    refresh();
  },
);
