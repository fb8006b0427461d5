import 'server-only';
import type { Context } from '../context';
import { appSecret } from '../env';
import { AppError } from '../errors';
import { hashToken } from '../secrets';
import { countHit, deleteWindowsBefore, takeHitBack } from './store';

export type Rate = { limit: number; windowSeconds: number };

/** No window is longer, so what is older counts for nothing. */
const LONGEST_WINDOW_SECONDS = 86_400;

type RateContext = Pick<Context, 'db' | 'clock'>;

/**
 * Counts one hit against a limit that all processes share: at most `limit` in a fixed window of `windowSeconds`.
 *
 * Stands outside of any transaction, or a rollback would give the hit back.
 *
 * @param bucket  what is limited and for whom; see {@link personalBucket} where that is a person or an address
 * @throws AppError RATE_LIMITED  `details.retryAfterSeconds` until the next window
 */
export async function limitRate(
  ctx: RateContext,
  bucket: string,
  { limit, windowSeconds }: Rate,
): Promise<void> {
  const now = ctx.clock.now().getTime();
  const windowAt = windowStart(now, windowSeconds);
  const hits = await countHit(ctx.db, bucket, windowAt);
  if (hits === 1) await pruneRateLimits(ctx);
  if (hits <= limit) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((windowAt.getTime() + windowSeconds * 1000 - now) / 1000));
  throw new AppError('RATE_LIMITED', `more than ${limit} in ${windowSeconds} s`, { retryAfterSeconds });
}

/** Gives back a hit that turned out to be harmless, such as a sign-in that succeeded. */
export async function forgiveHit(ctx: RateContext, bucket: string, { windowSeconds }: Rate): Promise<void> {
  await takeHitBack(ctx.db, bucket, windowStart(ctx.clock.now().getTime(), windowSeconds));
}

/** Deletes windows that nobody counts in any more, a few at a time. @returns how many */
export function pruneRateLimits({ db, clock }: RateContext): Promise<number> {
  return deleteWindowsBefore(db, new Date(clock.now().getTime() - LONGEST_WINDOW_SECONDS * 1000), 500);
}

/** A bucket named after an e-mail or an address without holding it. */
export function personalBucket(name: string, of: string): string {
  return `${name}:${hashToken(appSecret(), of).slice(0, 32)}`;
}

function windowStart(now: number, windowSeconds: number): Date {
  const size = windowSeconds * 1000;
  return new Date(Math.floor(now / size) * size);
}
