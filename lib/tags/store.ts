import 'server-only';
import type { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { ChoosableTagDto, TagDto } from './types';

const select = {
  id: true,
  accountId: true,
  name: true,
  marksFollowers: true,
  markedFollowers: true,
  _count: { select: { codes: { where: { code: { archivedAt: null } } } } },
} satisfies Prisma.TagSelect;

type Row = Prisma.TagGetPayload<{ select: typeof select }>;

const toDto = ({ _count, ...row }: Row): TagDto => ({ ...row, codeCount: _count.codes });

export async function insertTag(
  db: Db,
  tag: { id: string; accountId: string; name: string; marksFollowers: boolean },
): Promise<TagDto> {
  return toDto(await db.tag.create({ data: tag, select }));
}

export async function findTag(db: Db, accountId: string, id: string): Promise<TagDto | null> {
  const row = await db.tag.findFirst({ where: { id, accountId }, select });
  return row && toDto(row);
}

/** By name. */
export async function findTags(db: Db, accountId: string): Promise<TagDto[]> {
  const rows = await db.tag.findMany({ where: { accountId }, orderBy: { name: 'asc' }, select });
  return rows.map(toDto);
}

/** Whoever makes tags waits here for another one who does, so that a hundred and no more are made. */
export async function holdTags(tx: Db, accountId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${tagLockSpace}::int, hashtext(${accountId}))::text`;
}

const tagLockSpace = 7_248_214;

/** Those of these names that there are; of all when left out. */
export function findTagNames(db: Db, accountId: string, names?: string[]): Promise<ChoosableTagDto[]> {
  return db.tag.findMany({
    where: { accountId, ...(names ? { name: { in: names } } : {}) },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, marksFollowers: true },
  });
}

export async function insertMissingTags(db: Db, accountId: string, names: string[]): Promise<void> {
  await db.tag.createMany({ data: names.map((name) => ({ accountId, name })), skipDuplicates: true });
}

export function countTags(db: Db, accountId: string): Promise<number> {
  return db.tag.count({ where: { accountId } });
}

export async function changeTag(
  db: Db,
  id: string,
  change: { name?: string; marksFollowers?: boolean },
): Promise<TagDto> {
  // Another name is another tag at WeChat.
  const renamed = change.name === undefined ? {} : { wechatTagId: null };
  return toDto(await db.tag.update({ where: { id }, data: { ...change, ...renamed }, select }));
}

export async function removeTag(db: Db, id: string): Promise<void> {
  await db.tag.delete({ where: { id }, select: { id: true } });
}

/** Those of these codes that are the account's, with their tags by name. */
export async function findTagsOfCodes(
  db: Db,
  accountId: string,
  codeIds: string[],
): Promise<{ codeId: string; tags: { id: string; name: string }[] }[]> {
  const rows = await db.code.findMany({
    where: { accountId, id: { in: codeIds } },
    select: {
      id: true,
      tags: { orderBy: { tag: { name: 'asc' } }, select: { tag: { select: { id: true, name: true } } } },
    },
  });
  return rows.map(({ id, tags }) => ({ codeId: id, tags: tags.map(({ tag }) => tag) }));
}

/** How many of these are codes, and tags, of the account. */
export async function countOwn(
  db: Db,
  accountId: string,
  { codeIds, tagIds }: { codeIds: string[]; tagIds: string[] },
): Promise<{ codes: number; tags: number }> {
  const codes = await db.code.count({ where: { accountId, id: { in: codeIds } } });
  const tags = await db.tag.count({ where: { accountId, id: { in: tagIds } } });
  return { codes, tags };
}

/** What is there already stays. */
export async function addTagsToCodes(db: Db, codeIds: string[], tagIds: string[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "code_tags" ("code_id", "tag_id")
    SELECT c, t FROM unnest(${codeIds}::uuid[]) AS c CROSS JOIN unnest(${tagIds}::uuid[]) AS t ORDER BY 1, 2
    ON CONFLICT DO NOTHING`;
}

export async function removeTagsFromCodes(db: Db, codeIds: string[], tagIds: string[]): Promise<void> {
  await db.codeTag.deleteMany({ where: { codeId: { in: codeIds }, tagId: { in: tagIds } } });
}

/** Leaves a code with none but these. */
export async function removeOtherTags(db: Db, codeId: string, tagIds: string[]): Promise<void> {
  await db.codeTag.deleteMany({ where: { codeId, tagId: { notIn: tagIds } } });
}

export async function copyTags(db: Db, from: string, to: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "code_tags" ("code_id", "tag_id")
    SELECT ${to}::uuid, "tag_id" FROM "code_tags" WHERE "code_id" = ${from}::uuid ON CONFLICT DO NOTHING`;
}
