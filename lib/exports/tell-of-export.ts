import 'server-only';
import type { Context } from '../context';
import { notify } from '../notifications/notify';
import { findExport } from './store';

/** Tells who asked for it that an export has ended; nobody, where it was a program. */
export async function tellOfExport(ctx: Context, accountId: string, exportId: string): Promise<void> {
  const row = await findExport(ctx.db, accountId, exportId);
  if (!row?.createdById || (row.state !== 'done' && row.state !== 'failed')) return;
  const { createdById: userId, total, state } = row;
  await ctx.db.$transaction((tx) =>
    notify(tx, {
      accountId,
      kind: 'export.finished',
      data: { total, state },
      href: `/print/exports#${exportId}`,
      audience: { userId },
      dedupeKey: `export ${exportId}`,
    }),
  );
}
