import 'server-only';
import type { Db } from '../db/open-database';
import { countReusable, findLivingScenes, findRowDigests } from './draft-store';

/** Of these rows of files (their digests), those that an earlier batch has made. Reads only. */
export async function findMadeRows(db: Db, digests: string[]): Promise<Set<string>> {
  return new Set(digests.length === 0 ? [] : await findRowDigests(db, digests));
}

/** Of these scenes, as text, those that a living temporary code has. Reads only. */
export async function findHeldByTemporary(db: Db, accountId: string, scenes: string[]): Promise<Set<string>> {
  return new Set(scenes.length === 0 ? [] : await findLivingScenes(db, accountId, scenes));
}

/** How many permanent codes of these channels a batch for the campaign could take over from that moment on, by channel. Reads only. */
export async function findReusable(
  db: Db,
  accountId: string,
  reuse: { campaignId: string; fromAt: Date },
  channelIds: string[],
): Promise<Map<string, number>> {
  if (channelIds.length === 0) return new Map();
  const rows = await countReusable(db, accountId, reuse, channelIds);
  return new Map(rows.map(({ channelId, count }) => [channelId, count]));
}
