import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { appSecret, env } from '../env';
import { AppError } from '../errors';
import { idSchema, parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { hashPassword } from '../people/password-hash';
import { createToken, hashToken } from '../secrets';
import { isOutdated } from './is-outdated';
import { requireExport } from './require-export';
import { type ShareExportInput, shareExportSchema } from './schemas';
import { findShares, insertShare, revokeShareRow, type ShareRow } from './share-store';
import type { ExportShareDto } from './types';

const DAY_MS = 86_400_000;

/**
 * Makes a link to one export for somebody without an account. Its address is known here and then never again.
 *
 * It ends with the export at the latest.
 *
 * @throws AppError NOT_FOUND | VALIDATION_FAILED
 * @throws AppError EXPORT_STATE  the export is not whole
 */
export async function shareExport(
  ctx: Context,
  accountId: string,
  exportId: string,
  input: ShareExportInput,
): Promise<{ url: string; share: ExportShareDto }> {
  authorise(ctx, 'marketer', accountId);
  const row = await requireExport(ctx.db, accountId, exportId);
  const { days, password, note } = parseInput(shareExportSchema, input);
  const now = ctx.clock.now();
  const state = isOutdated(row) ? 'outdated' : row.state;
  if (state !== 'done' || row.expiresAt <= now) {
    throw new AppError('EXPORT_STATE', `export ${row.id} is ${state}`, { state });
  }
  const token = createToken();
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const { actor } = ctx;
  const made = await ctx.db.$transaction(async (tx) => {
    const share = await insertShare(tx, {
      exportId: row.id,
      tokenHash: hashToken(appSecret(), token),
      passwordHash,
      note,
      expiresAt: new Date(Math.min(now.getTime() + days * DAY_MS, row.expiresAt.getTime())),
      createdAt: now,
      createdById: actor.kind === 'user' ? actor.id : null,
      createdByName: actor.kind === 'stranger' ? '' : actor.name,
    });
    await recordAudit(ctx, tx, {
      action: 'export.share',
      target: { kind: 'export', id: row.id, label: note },
      accountId,
      details: { days, password: password !== undefined },
    });
    return share;
  });
  return { url: `${env().PUBLIC_URL}/share/${token}`, share: toShareDto(made) };
}

/** The links to an export, the last first; not their addresses. @throws AppError NOT_FOUND */
export async function listShares(
  ctx: Context,
  accountId: string,
  exportId: string,
): Promise<ExportShareDto[]> {
  authorise(ctx, 'viewer', accountId);
  const row = await requireExport(ctx.db, accountId, exportId);
  return (await findShares(ctx.db, row.id)).map(toShareDto);
}

/** Ends a link at once; done twice, nothing happens. @throws AppError NOT_FOUND */
export async function revokeShare(
  ctx: Context,
  accountId: string,
  exportId: string,
  shareId: string,
): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  const row = await requireExport(ctx.db, accountId, exportId);
  if (!idSchema.safeParse(shareId).success) return;
  await ctx.db.$transaction(async (tx) => {
    if (!(await revokeShareRow(tx, row.id, shareId, ctx.clock.now()))) return;
    await recordAudit(ctx, tx, {
      action: 'export.revokeShare',
      target: { kind: 'export', id: row.id },
      accountId,
    });
  });
}

function toShareDto({ passwordHash, createdByName, ...row }: ShareRow): ExportShareDto {
  return {
    id: row.id,
    note: row.note,
    hasPassword: passwordHash !== null,
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    downloads: row.downloads,
    lastDownloadedAt: row.lastDownloadedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    createdBy: createdByName,
  };
}
