import 'server-only';
import type { Db } from '../db/open-database';
import type { Dimension } from './types';

export type CountingRow = { timeZone: string; countedSince: Date | null };

/** How an account counts its days, and since when; null: no such account. */
export function findCountingRow(db: Db, accountId: string): Promise<CountingRow | null> {
  return db.officialAccount.findUnique({
    where: { id: accountId },
    select: { timeZone: true, countedSince: true },
  });
}

export async function hasTag(db: Db, accountId: string, tagId: string): Promise<boolean> {
  return (await db.tag.findFirst({ where: { id: tagId, accountId }, select: { id: true } })) !== null;
}

/** What ids of campaigns, channels, codes or tags are called: id → name. */
export async function readNames(
  db: Db,
  accountId: string,
  by: Exclude<Dimension, 'city' | 'region'>,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const where = { accountId, id: { in: [...ids] } };
  const select = { id: true, name: true };
  if (by === 'code') {
    const rows = await db.code.findMany({ where, select: { id: true, label: true } });
    return new Map(rows.map(({ id, label }) => [id, label]));
  }
  const rows =
    by === 'campaign'
      ? await db.campaign.findMany({ where, select })
      : by === 'channel'
        ? await db.channel.findMany({ where, select })
        : await db.tag.findMany({ where, select });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Cities and regions of the account's channels, for choosing among them. */
export async function readPlaces(
  db: Db,
  accountId: string,
): Promise<{ cities: string[]; regions: string[] }> {
  const of = async (column: 'city' | 'region') => {
    const rows = await db.channel.groupBy({
      by: [column],
      where: { accountId, NOT: { [column]: '' } },
      _count: { id: true },
      orderBy: { _count: { id: 'desc' } },
      take: 100,
    });
    return rows.map((row) => row[column]);
  };
  return { cities: await of('city'), regions: await of('region') };
}

export async function readTags(db: Db, accountId: string): Promise<{ id: string; name: string }[]> {
  return db.tag.findMany({
    where: { accountId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: 200,
  });
}
