import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { readNeverScanned, readNeverScannedPlaces } from './reports-store';
import type { NeverScannedCodeDto, NeverScannedPlaceDto } from './types';

const DAY_MS = 86_400_000;
/** A poster takes this long to be hung; younger codes are no news. */
export const hangingDays = 7;
const MOST_PLACES = 200;
const MOST_CODES = 500;

function moments(ctx: Context): { now: Date; issuedBefore: Date } {
  const now = ctx.clock.now();
  return { now, issuedBefore: new Date(now.getTime() - hangingDays * DAY_MS) };
}

/** Where codes that were issued a week ago or longer have never been scanned: posters that were not hung, most first. */
export async function listNeverScannedPlaces(
  ctx: Context,
  accountId: string,
): Promise<NeverScannedPlaceDto[]> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { now, issuedBefore } = moments(ctx);
  return readNeverScannedPlaces(ctx.db, accountId, now, issuedBefore, MOST_PLACES);
}

/**
 * The same codes one by one, the longest issued first.
 *
 * @param options.city, options.region  '' : codes without one; left out: anywhere
 * @param options.limit  500 at most
 */
export async function listNeverScannedCodes(
  ctx: Context,
  accountId: string,
  options: { city?: string; region?: string; limit?: number } = {},
): Promise<NeverScannedCodeDto[]> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { city = null, region = null, limit = 50 } = options;
  const { now, issuedBefore } = moments(ctx);
  const take = Math.min(limit, MOST_CODES);
  const rows = await readNeverScanned(ctx.db, accountId, now, issuedBefore, { city, region }, take);
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    url: row.url,
    issuedAt: row.issued_at.toISOString(),
    channel:
      row.channel_id === null
        ? null
        : {
            id: row.channel_id,
            number: row.number ?? '',
            name: row.name ?? '',
            city: row.city ?? '',
            region: row.region ?? '',
          },
  }));
}
