import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCode } from '../codes/create-code';
import { openTestBench } from '../codes/test-bench';
import type { Context } from '../context';
import { createTag } from './create-tag';
import { deleteTag } from './delete-tag';
import { listTags } from './list-tags';
import { listTagsOfCodes } from './list-tags-of-codes';
import { tagCodes } from './tag-codes';
import { updateTag } from './update-tag';

let bench: Awaited<ReturnType<typeof openTestBench>>;
let ctx: Context;
let mine: { accountId: string; campaignId: string };
let theirs: { accountId: string; campaignId: string };

beforeAll(async () => {
  bench = await openTestBench();
  ctx = bench.as('marketer');
  mine = await bench.addAccount();
  theirs = await bench.addAccount();
});
afterAll(() => bench.close());

async function makeCode({ accountId, campaignId }: typeof mine): Promise<string> {
  const { id } = await createCode(ctx, accountId, { campaignId, label: 'x', kind: 'temporary' });
  return id;
}

describe('tags', () => {
  it('are put on codes and taken off, however often it is said', async () => {
    const codes = [await makeCode(mine), await makeCode(mine)];
    const [door, till] = [
      await createTag(ctx, mine.accountId, { name: '门口' }),
      await createTag(ctx, mine.accountId, { name: '收银台', marksFollowers: true }),
    ];
    for (let time = 0; time < 2; time++) {
      await tagCodes(ctx, mine.accountId, { codeIds: codes, add: [door.id, till.id] });
    }
    await tagCodes(ctx, mine.accountId, { codeIds: codes.slice(0, 1), remove: [door.id] });
    const byCode = await listTagsOfCodes(ctx, mine.accountId, codes);
    expect(codes.map((id) => byCode[id]?.map(({ name }) => name).sort())).toEqual([
      ['收银台'],
      ['收银台', '门口'].sort(),
    ]);
    expect(
      (await listTags(ctx, mine.accountId)).map(({ name, codeCount }) => [name, codeCount]).sort(),
    ).toEqual(
      [
        ['收银台', 2],
        ['门口', 1],
      ].sort(),
    );
  });

  it('keep their names apart, and may be renamed', async () => {
    const { id } = await createTag(ctx, mine.accountId, { name: 'a' });
    await createTag(ctx, mine.accountId, { name: 'b' });
    await createTag(ctx, theirs.accountId, { name: 'a' });
    const taken = { code: 'VALIDATION_FAILED', details: { fields: [{ field: 'name', code: 'taken' }] } };
    await expect(createTag(ctx, mine.accountId, { name: ' a ' })).rejects.toMatchObject(taken);
    await expect(updateTag(ctx, mine.accountId, id, { name: 'b' })).rejects.toMatchObject(taken);
    expect(await updateTag(ctx, mine.accountId, id, { name: 'c' })).toMatchObject({ name: 'c' });
  });

  it('another name is another tag at WeChat', async () => {
    const { id } = await createTag(ctx, mine.accountId, { name: 'd' });
    await bench.db.tag.update({ where: { id }, data: { wechatTagId: 101 } });
    await updateTag(ctx, mine.accountId, id, { marksFollowers: true });
    expect((await bench.db.tag.findUnique({ where: { id } }))?.wechatTagId).toBe(101);
    await updateTag(ctx, mine.accountId, id, { name: 'e' });
    expect((await bench.db.tag.findUnique({ where: { id } }))?.wechatTagId).toBeNull();
  });

  it('stay within their account', async () => {
    const code = await makeCode(mine);
    const { id: foreign } = await createTag(ctx, theirs.accountId, { name: 'foreign' });
    const missing = { code: 'NOT_FOUND' };
    await expect(tagCodes(ctx, mine.accountId, { codeIds: [code], add: [foreign] })).rejects.toMatchObject(
      missing,
    );
    await expect(tagCodes(ctx, theirs.accountId, { codeIds: [code], add: [foreign] })).rejects.toMatchObject(
      missing,
    );
    await expect(deleteTag(ctx, mine.accountId, foreign)).rejects.toMatchObject(missing);
  });

  it('go with all that had them', async () => {
    const code = await makeCode(mine);
    const { id } = await createTag(ctx, mine.accountId, { name: 'short' });
    await tagCodes(ctx, mine.accountId, { codeIds: [code], add: [id] });
    await deleteTag(ctx, mine.accountId, id);
    expect(await listTagsOfCodes(ctx, mine.accountId, [code])).toEqual({ [code]: [] });
  });
});
