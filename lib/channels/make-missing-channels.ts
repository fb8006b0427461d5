import 'server-only';
import type { Db } from '../db/open-database';
import { type ChannelSeed, findChannelsByNumbers, insertMissingChannels } from './store';

export type { ChannelSeed } from './store';

export type KnownChannel = { id: string; number: string; name: string; archivedAt: Date | null };

/** The channels of these numbers that exist, by number. For services that have authorised. */
export async function findByNumbers(
  db: Db,
  accountId: string,
  numbers: string[],
): Promise<Map<string, KnownChannel>> {
  if (numbers.length === 0) return new Map();
  const rows = await findChannelsByNumbers(db, accountId, numbers);
  return new Map(rows.map((row) => [row.number, row]));
}

/**
 * Makes those channels whose number nobody has yet; the others stay as they are. For services that have authorised.
 *
 * @returns how many were made
 */
export function makeMissingChannels(tx: Db, accountId: string, seeds: ChannelSeed[]): Promise<number> {
  return seeds.length === 0 ? Promise.resolve(0) : insertMissingChannels(tx, accountId, seeds);
}
