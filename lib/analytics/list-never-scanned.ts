import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { readNeverScanned, readNeverScannedPlaces } from './reports-store';
import type { NeverScannedCodeDto, NeverScannedPlaceDto } from './types';

const DAY_MS = 86_400_000;
/** A poster takes this long to be hung; what was printed later is no news. */
export const hangingDays = 7;
const MOST_PLACES = 200;
const MOST_CODES = 500;

function moments(ctx: Context): { now: Date; outSince: Date } {
  const now = ctx.clock.now();
  return { now, outSince: new Date(now.getTime() - hangingDays * DAY_MS) };
}

/**
 * Where codes that were first printed a week ago or longer have never been scanned: posters that were not hung, most first.
 * A code that no print file was made of here counts from its issue.
 */
export async function listNeverScannedPlaces(
  ctx: Context,
  accountId: string,
): Promise<NeverScannedPlaceDto[]> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { now, outSince } = moments(ctx);
  return readNeverScannedPlaces(ctx.db, accountId, now, outSince, MOST_PLACES);
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
  const { now, outSince } = moments(ctx);
  const take = Math.min(limit, MOST_CODES);
  const rows = await readNeverScanned(ctx.db, accountId, now, outSince, { city, region }, take);
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    url: row.url,
    issuedAt: row.issued_at.toISOString(),
    printedAt: row.printed_at?.toISOString() ?? null,
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
