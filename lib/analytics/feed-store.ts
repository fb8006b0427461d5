import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';

export type FeedRow = {
  id: bigint;
  at: Date;
  kind: 'subscribe' | 'scan' | 'unsubscribe';
  openid_sealed: string | null;
  scene: string | null;
  code_id: string | null;
  label: string | null;
  place: string | null;
};

const uuid = (text: string) => Prisma.sql`${text}::uuid`;

/** The last events, newest first, along the index of the account or of the code. */
export function readLastEvents(
  db: Db,
  accountId: string,
  { codeId, after, take }: { codeId: string | null; after: bigint | null; take: number },
): Promise<FeedRow[]> {
  const ofCode = codeId === null ? Prisma.empty : Prisma.sql`AND e."code_id" = ${uuid(codeId)}`;
  const later = after === null ? Prisma.empty : Prisma.sql`AND e."id" > ${after}`;
  return db.$queryRaw<FeedRow[]>`
    SELECT e."id", e."at", e."kind"::text AS "kind", f."openid_sealed", e."scene", e."code_id"::text AS "code_id",
      c."label", h."name" AS "place"
    FROM (
      SELECT * FROM "scan_events" e WHERE e."account_id" = ${uuid(accountId)} ${ofCode} ${later}
      ORDER BY e."id" DESC LIMIT ${take}) e
    JOIN "followers" f ON f."id" = e."follower_id"
    LEFT JOIN "codes" c ON c."id" = e."code_id"
    LEFT JOIN "channels" h ON h."id" = e."channel_id"
    ORDER BY e."id" DESC`;
}
