import 'server-only';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { appSecret, env } from '../env';
import { limitRate, personalBucket, type Rate } from '../rate-limits/limit-rate';
import { createToken, hashToken } from '../secrets';
import { deleteLinksBefore, findLiveLink, insertLink, spendLiveLink } from './link-store';
import type { Device, LinkDto, LinkPreviewDto, LinkPurpose } from './types';

const LIFETIME_MS = 15 * 60_000;
const KEPT_MS = 30 * 86_400_000;

const looking: Rate = { limit: 120, windowSeconds: 900 };
const spending: Rate = { limit: 30, windowSeconds: 900 };

type LinkContext = Pick<Context, 'db' | 'clock'>;

/** Makes a link that lives 15 minutes and works once. Its address is known here and then never again. */
export async function createLink(
  ctx: LinkContext,
  db: Db,
  purpose: LinkPurpose,
  userId: string | null,
): Promise<LinkDto> {
  const now = ctx.clock.now();
  const token = createToken();
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  await deleteLinksBefore(db, new Date(now.getTime() - KEPT_MS));
  await insertLink(db, {
    tokenHash: hashToken(appSecret(), token),
    purpose,
    userId,
    createdAt: now,
    expiresAt,
  });
  return { url: `${env().PUBLIC_URL}/link/${token}`, purpose, expiresAt: expiresAt.toISOString() };
}

/**
 * What a link would do, for the page that asks before it is done. A preview by a chat or a mail scanner changes nothing.
 *
 * @returns null  spent, expired, replaced by a newer one, or never made
 * @throws AppError RATE_LIMITED
 */
export async function previewLink(
  ctx: LinkContext,
  token: string,
  device: Device,
): Promise<LinkPreviewDto | null> {
  await limitRate(ctx, personalBucket('link.look', device.ipAddress), looking);
  const link = await findLiveLink(ctx.db, hashToken(appSecret(), token), ctx.clock.now());
  if (link === null) return null;
  return {
    purpose: link.purpose,
    person: link.user === null ? null : { name: link.user.name, email: link.user.email },
    expiresAt: link.expiresAt.toISOString(),
  };
}

/** @throws AppError RATE_LIMITED */
export function limitSpending(ctx: LinkContext, device: Device): Promise<void> {
  return limitRate(ctx, personalBucket('link.spend', device.ipAddress), spending);
}

/** Spends a link in the transaction of what it allows, so that neither happens without the other. */
export function spendLink(ctx: LinkContext, db: Db, token: string) {
  return spendLiveLink(db, hashToken(appSecret(), token), ctx.clock.now());
}

export function findLink(ctx: LinkContext, token: string) {
  return findLiveLink(ctx.db, hashToken(appSecret(), token), ctx.clock.now());
}
