import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { appSecret } from '../env';
import { AppError, invalidField } from '../errors';
import { verifyPassword } from '../people/password-hash';
import type { PrintDesignSettings, PrintFormat } from '../print/design-types';
import { forgiveHit, limitRate, personalBucket, type Rate } from '../rate-limits/limit-rate';
import { equalInConstantTime, hashToken } from '../secrets';
import { toExportFileName } from './format';
import { isOutdated } from './is-outdated';
import { type ExportFile, openExportFile } from './read-export-file';
import { localMinute } from './recipe';
import { requireExport } from './require-export';
import { countShareDownload, findLiveShare, type OpenShare } from './share-store';
import { countDownload } from './store';
import type { SharedExportDto } from './types';

const looking: Rate = { limit: 300, windowSeconds: 900 };
const guessing: Rate = { limit: 10, windowSeconds: 900 };
/** Whatever address it comes from, a link bears so many wrong passwords. */
const guessingOfLink: Rate = { limit: 60, windowSeconds: 3_600 };

/**
 * What a link shows before anything is downloaded. Open to strangers: the link is the proof.
 *
 * @param ipAddress  of who looks, against trying links one after the other
 * @returns null  the link never was, has expired or was revoked, or the file is no longer kept or was made by an earlier version
 * @throws AppError RATE_LIMITED
 */
export async function previewShare(
  ctx: Context,
  token: string,
  ipAddress: string,
): Promise<(SharedExportDto & { timeZone: string }) | null> {
  await limitRate(ctx, personalBucket('share.look', ipAddress), looking);
  const share = await findShare(ctx, token);
  if (share === null) return null;
  const row = await requireExport(ctx.db, share.accountId, share.exportId);
  if (isOutdated(row)) return null;
  const { sizeMm } = row.design as PrintDesignSettings;
  return {
    needsPassword: share.passwordHash !== null,
    fileName: toExportFileName({
      as: row.shape,
      total: row.total,
      day: localMinute(row.createdAt, row.timeZone).slice(0, 10),
    }),
    as: row.shape,
    format: row.format as PrintFormat,
    total: row.total,
    merge: row.mergeRowBytes === null ? null : 'indesign',
    sizeMm,
    bytes: Number(row.bytes ?? 0),
    madeAt: (row.finishedAt ?? row.createdAt).toISOString(),
    expiresAt: share.expiresAt.toISOString(),
    timeZone: row.timeZone,
  };
}

/**
 * Checks the password of a link.
 *
 * @returns the pass to show when downloading; it ends with the link, or with another password
 * @throws AppError LINK_INVALID | RATE_LIMITED
 * @throws AppError VALIDATION_FAILED  `password: credentialsWrong`
 */
export async function unlockShare(
  ctx: Context,
  token: string,
  password: string,
  ipAddress: string,
): Promise<string> {
  const bucket = personalBucket('share.password', `${token} ${ipAddress}`);
  const linkBucket = personalBucket('share.passwords', token);
  await limitRate(ctx, bucket, guessing);
  await limitRate(ctx, linkBucket, guessingOfLink);
  const share = await findShare(ctx, token);
  if (share === null) throw linkInvalid();
  if (share.passwordHash !== null && !(await verifyPassword(share.passwordHash, password))) {
    throw invalidField('password', 'sharePasswordWrong', 'this is not the password of the link');
  }
  await forgiveHit(ctx, bucket, guessing);
  await forgiveHit(ctx, linkBucket, guessingOfLink);
  return passOf(token, share);
}

/** Whether a pass opens a link. */
export async function isUnlocked(ctx: Context, token: string, pass: string | null): Promise<boolean> {
  const share = await findShare(ctx, token);
  return share !== null && mayPass(token, share, pass);
}

/**
 * The file behind a link, any part of it. Counted, and written into the audit log, when it is asked for from its first byte.
 *
 * @param pass  as `unlockShare` gave it; null: none
 * @throws AppError LINK_INVALID  never was, expired, revoked, or its password was not given
 * @throws AppError RATE_LIMITED | EXPORT_STATE
 */
export async function readSharedFile(
  ctx: Context,
  token: string,
  { pass, ipAddress, isBegun }: { pass: string | null; ipAddress: string; isBegun: boolean },
): Promise<ExportFile> {
  await limitRate(ctx, personalBucket('share.look', ipAddress), looking);
  const share = await findShare(ctx, token);
  if (share === null || !mayPass(token, share, pass)) throw linkInvalid();
  const row = await requireExport(ctx.db, share.accountId, share.exportId);
  // What draws again what was pinned asks for the design of the account, which the link stands for.
  const file = await openExportFile({ ...ctx, actor: { kind: 'system', name: 'share' } }, row);
  if (isBegun) {
    const now = ctx.clock.now();
    await ctx.db.$transaction(async (tx) => {
      await countShareDownload(tx, share.id, now);
      await countDownload(tx, row.id, now);
      await recordAudit({ actor: { kind: 'stranger' } }, tx, {
        action: 'export.downloadShared',
        target: { kind: 'export', id: row.id },
        accountId: share.accountId,
        details: { codes: row.total, share: share.id },
      });
    });
  }
  return file;
}

function findShare(ctx: Context, token: string): Promise<OpenShare | null> {
  return findLiveShare(ctx.db, hashToken(appSecret(), token), ctx.clock.now());
}

/** Follows from the link and its password: nothing is kept of who has opened it. */
function passOf(token: string, { id, passwordHash }: OpenShare): string {
  return hashToken(appSecret(), `share ${id} ${token} ${passwordHash ?? ''}`);
}

function mayPass(token: string, share: OpenShare, pass: string | null): boolean {
  return share.passwordHash === null || (pass !== null && equalInConstantTime(pass, passOf(token, share)));
}

const linkInvalid = () => new AppError('LINK_INVALID', 'this link opens no export');
