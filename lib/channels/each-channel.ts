import 'server-only';
import type { Db } from '../db/open-database';
import { listChannelRows } from './store';

const pageRows = 2_000;

/**
 * The channels that fit and are not archived, by number, read page by page. For services that have authorised.
 *
 * @param choice.q  part of number, name, city or region
 * @param choice.city  the whole of it; like `region`
 */
export async function* eachChannel(
  db: Db,
  accountId: string,
  choice: { q?: string; city?: string; region?: string },
): AsyncGenerator<{ number: string; name: string; city: string; region: string }> {
  for (let afterNumber: string | null = null; ; ) {
    const page = await listChannelRows(db, accountId, {
      ...choice,
      archived: 'exclude',
      afterNumber,
      take: pageRows,
    });
    for (const { number, name, city, region } of page) yield { number, name, city, region };
    const last = page.at(-1);
    if (!last || page.length < pageRows) return;
    afterNumber = last.number;
  }
}
