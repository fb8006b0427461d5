import { describe, expect, it } from 'vitest';
import type { Actor, Context } from '../context';
import { idSchema } from '../field-issues';
import { readBatchUpload } from './read-batch-upload';
import { piecesOf, repeatableId } from './upload-route';

const asked = (id: string) => ({ actor: { kind: 'user', id } as Actor }) as Context;

describe('the id of a repeated upload', () => {
  it('is one for one word of one person in one account, and no other', () => {
    const id = repeatableId(asked('a'), 'account', 'word');
    expect(idSchema.safeParse(id).success).toBe(true);
    expect(repeatableId(asked('a'), 'account', 'word')).toBe(id);
    const others = [
      repeatableId(asked('b'), 'account', 'word'),
      repeatableId(asked('a'), 'other', 'word'),
      repeatableId(asked('a'), 'account', 'another'),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
  });
});

describe('what the form of a batch sends', () => {
  it('is a count, or a table with what stands beside it', () => {
    const query = { campaignId: 'c', kind: 'permanent', count: '12' };
    expect(readBatchUpload({ accountId: 'a', query, body: null })).toEqual({
      input: { ...query, count: 12 },
    });

    const body = new Blob(['label\nA\n']).stream();
    const beside = { campaignId: 'c', kind: 'temporary', fileName: '门店.csv' };
    const request = readBatchUpload({ accountId: 'a', query: beside, body });
    expect(request).toMatchObject({
      input: { campaignId: 'c', kind: 'temporary' },
      file: { name: '门店.csv', charset: null },
    });
    expect(Object.keys(request.input)).not.toContain('fileName');
  });

  it('ends in a refusal when the sender goes away', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('reset')),
    });
    const read = async () => {
      for await (const _ of piecesOf(broken));
    };
    await expect(read()).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
