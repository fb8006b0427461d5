import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import { filterConditions } from './list-store';
import { maxExpireSeconds } from './scene-limits';
import type { CodeFilter } from './schemas';

/** Which codes are renewed, those that end first coming first; and for how long, null: each as long as before. */
export type RenewalChoice = {
  codes: { ids: string[] } | { filter: CodeFilter };
  expireSeconds: number | null;
  now: Date;
};

/** @returns `known`: how many have a successor already, and are left out */
export async function draftRenewals(
  tx: Db,
  accountId: string,
  { codes, expireSeconds, now }: RenewalChoice,
): Promise<{ known: number }> {
  const conditions = [
    ...filterConditions(accountId, 'filter' in codes ? codes.filter : {}, now),
    Prisma.sql`c."kind" = 'temporary' AND c."status" = 'issued'`,
    ...('ids' in codes ? [Prisma.sql`c."id" = ANY(${codes.ids}::uuid[])`] : []),
  ];
  const chosen = Prisma.sql`"codes" c LEFT JOIN "codes" n ON n."renews_id" = c."id"
    WHERE ${Prisma.join(conditions, ' AND ')}`;
  await tx.$executeRaw`
    INSERT INTO "code_draft" ("line", "label", "expire_seconds", "renews")
    SELECT row_number() OVER (ORDER BY c."expires_at", c."sequence"), c."label",
      coalesce(${expireSeconds}::int, c."expire_seconds", ${maxExpireSeconds}::int), c."id"
    FROM ${chosen} AND n."id" IS NULL`;
  const rows = await tx.$queryRaw<{ known: number }[]>`
    SELECT count(*)::int AS "known" FROM ${chosen} AND n."id" IS NOT NULL`;
  return { known: rows[0]?.known ?? 0 };
}
