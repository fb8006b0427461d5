import 'server-only';
import type { Db } from '../db/open-database';
import { idSchema } from '../field-issues';
import { findCampaignNames } from './store';

/**
 * Campaigns by what a file calls them, their name or their id. For services that have authorised.
 *
 * @returns the id of each that exists; null where several have the name
 */
export async function findByNames(
  db: Db,
  accountId: string,
  names: string[],
): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  if (names.length === 0) return found;
  const ids = names.filter((name) => idSchema.safeParse(name).success);
  for (const { id, name } of await findCampaignNames(db, accountId, names, ids)) {
    found.set(name, found.has(name) ? null : id);
    found.set(id, id);
  }
  return found;
}
