import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestRest, type TestRest } from './test-rest';

let rest: TestRest;
let place: { accountId: string; campaignId: string; appId: string };

beforeAll(async () => {
  rest = await createTestRest();
});
afterAll(() => rest.close());
beforeEach(async () => {
  place = await rest.bench.addAccount();
});

describe('accounts', () => {
  const input = {
    name: '某某咖啡',
    appId: 'wx00000000000000aa',
    appSecret: '0123456789abcdef0123456789abcdef',
  };

  it('are connected, read, changed and listed, and keep their secrets', async () => {
    const made = await rest.send('POST', '/api/v1/accounts', { body: { ...input, pushToken: 'abc' } });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/v1/accounts/${made.body.id}`);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(made.body).toMatchObject({
      name: '某某咖啡',
      hasAppSecret: true,
      hasPushToken: true,
      permanentCap: 100_000,
    });
    expect(JSON.stringify(made.body)).not.toContain(input.appSecret);

    const address = `/api/v1/accounts/${made.body.id}`;
    const changed = await rest.send('PATCH', address, {
      body: { timeZone: 'Asia/Urumqi', ownRanges: [[500, 600]] },
    });
    expect(changed.body).toMatchObject({
      timeZone: 'Asia/Urumqi',
      ownRanges: [[500, 600]],
      name: '某某咖啡',
    });
    expect((await rest.send('GET', address)).body).toEqual(changed.body);

    const again = await rest.send('POST', '/api/v1/accounts', { body: input });
    expect(again).toMatchObject({ status: 422, body: { fields: [{ field: 'appId', code: 'taken' }] } });
  });

  it('come in pages', async () => {
    const first = await rest.send('GET', '/api/v1/accounts?limit=1');
    expect(first.body.items).toHaveLength(1);
    const second = await rest.send('GET', `/api/v1/accounts?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
  });
});

describe('campaigns and channels', () => {
  it('are made, changed, read and listed', async () => {
    const { accountId } = place;
    const made = await rest.send('POST', '/api/v1/campaigns', {
      body: { accountId, name: '双十二', startsOn: '2026-12-10' },
    });
    expect(made).toMatchObject({ status: 201, body: { accountId, startsOn: '2026-12-10', endsOn: null } });
    const address = `/api/v1/campaigns/${made.body.id}`;
    const changed = await rest.send('PATCH', address, { body: { accountId, endsOn: '2026-12-14' } });
    expect(changed.body).toMatchObject({ name: '双十二', endsOn: '2026-12-14' });
    expect((await rest.send('GET', address)).body).toEqual(changed.body);
    const list = await rest.send(
      'GET',
      `/api/v1/campaigns?accountId=${accountId}&q=${encodeURIComponent('十二')}`,
    );
    expect(list.body).toEqual({ items: [changed.body], nextCursor: null });
  });

  it('are put by their number', async () => {
    const { accountId } = place;
    const address = `/api/v1/channels/by-number/${encodeURIComponent('沪/17')}`;
    const first = await rest.send('PUT', address, {
      body: { accountId, name: 'A', columns: { 店长: '李雷' } },
    });
    expect(first).toMatchObject({ status: 201, body: { number: '沪/17', columns: { 店长: '李雷' } } });
    expect(first.headers.get('location')).toBe(`/api/v1/channels/${first.body.id}`);
    const second = await rest.send('PUT', address, { body: { accountId, name: 'B' } });
    expect(second).toMatchObject({
      status: 200,
      body: { id: first.body.id, name: 'B', columns: { 店长: '李雷' } },
    });
    const taken = await rest.send('POST', '/api/v1/channels', {
      body: { accountId, name: 'C', number: '沪/17' },
    });
    expect(taken).toMatchObject({ status: 422, body: { fields: [{ field: 'number', code: 'taken' }] } });
    const moved = await rest.send('PATCH', `/api/v1/channels/${first.body.id}`, { body: { city: '上海' } });
    expect(moved.body.city).toBe('上海');
    expect((await rest.send('GET', `/api/v1/channels/${first.body.id}`)).body).toEqual(moved.body);
    expect((await rest.send('GET', `/api/v1/channels?accountId=${accountId}`)).body.items).toEqual([
      moved.body,
    ]);
  });
});

describe('codes', () => {
  const make = (body: object) =>
    rest.send('POST', '/api/v1/codes', { body: { ...place, appId: undefined, ...body } });

  it.each([
    ['the next free permanent id', { kind: 'permanent' }, { id: 1 }],
    ['a permanent integer', { kind: 'permanent', scene: { id: 77 } }, { id: 77 }],
    ['a permanent string', { kind: 'permanent', scene: { str: '地铁2号线' } }, { str: '地铁2号线' }],
    [
      'a temporary integer',
      { kind: 'temporary', scene: { id: 4_294_967_295 }, expireSeconds: 60 },
      { id: 4_294_967_295 },
    ],
    ['a temporary string', { kind: 'temporary', scene: { str: 'desk' } }, { str: 'desk' }],
  ])('are issued: %s', async (_, body, scene) => {
    const made = await make({ label: 'Counter', ...body });
    expect(made).toMatchObject({ status: 201, body: { scene, status: 'issued', label: 'Counter' } });
    expect(made.body.url).toMatch(/^http:\/\/weixin\.qq\.com\/q\//);
    expect(made.headers.get('location')).toBe(`/api/v1/codes/${made.body.id}`);
    expect((await rest.send('GET', `/api/v1/codes/${made.body.id}`)).body).toEqual(made.body);
  });

  it('say what WeChat said', async () => {
    await rest.bench.fault({ rate: 1, kind: 'busy' });
    const waiting = await make({ label: 'x', kind: 'permanent' });
    await rest.bench.noFaults();
    expect(waiting).toMatchObject({
      status: 202,
      body: { status: 'reserved', url: null, error: { errcode: -1 } },
    });
    expect(waiting.headers.get('location')).toBeNull();
  });

  it('are changed, listed, archived', async () => {
    const { accountId } = place;
    const { body: code } = await make({ label: 'Window', kind: 'permanent' });
    const changed = await rest.send('PATCH', `/api/v1/codes/${code.id}`, { body: { label: 'Door' } });
    expect(changed.body).toEqual({ ...code, label: 'Door' });
    const list = (query: string) => rest.send('GET', `/api/v1/codes?accountId=${accountId}&${query}`);
    expect(
      (await list('q=door&kind=permanent&status=issued&sort=label&order=asc&campaignId=')).body.items,
    ).toEqual([changed.body]);
    expect((await list('q=window')).body.items).toEqual([]);

    const archived = await rest.send('POST', `/api/v1/codes/${code.id}/archive`);
    expect(archived).toMatchObject({ status: 200, body: { status: 'archived' } });
    expect((await list('')).body.items).toEqual([]);
    expect((await list('status=archived')).body.items).toEqual([archived.body]);
  });

  it('come in pages that neither repeat nor skip', async () => {
    const { accountId } = place;
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await make({ label: 'same', kind: 'temporary' })).body.id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await rest.send(
        'GET',
        `/api/v1/codes?accountId=${accountId}&limit=2&sort=label&order=asc&cursor=${cursor}`,
      );
      seen.push(...page.body.items.map(({ id }: { id: string }) => id));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual(ids);
  });

  it('refuse a permanent one until use by others was declared, and count it in the quota', async () => {
    place = await rest.bench.addAccount({ declared: false, cap: 1_003 });
    const { accountId } = place;
    expect(await make({ label: 'x', kind: 'permanent' })).toMatchObject({
      status: 409,
      body: { code: 'EXTERNAL_USE_UNDECLARED' },
    });
    const declared = await rest.send('POST', '/api/v1/quota/external', {
      body: { accountId, ranges: [[1, 1_000]], strs: ['old desk'] },
    });
    expect(declared.body).toMatchObject({ added: 1_001, known: 0 });
    expect((await make({ label: 'x', kind: 'permanent' })).body.scene).toEqual({ id: 1_001 });
    const taken = await make({ label: 'x', kind: 'permanent', scene: { id: 7 } });
    expect(taken).toMatchObject({ status: 409, body: { code: 'SCENE_TAKEN' } });
    expect((await make({ label: 'x', kind: 'permanent' })).body.scene).toEqual({ id: 1_002 });
    const full = await make({ label: 'x', kind: 'permanent' });
    expect(full).toMatchObject({ status: 409, body: { code: 'SCENE_CAP_REACHED', remaining: 0 } });
    const quota = await rest.send('GET', `/api/v1/quota?accountId=${accountId}`);
    expect(quota.body).toMatchObject({ cap: 1_003, issued: 2, external: 1_001, remaining: 0, archived: 0 });
  });
});

describe('tags', () => {
  it('are made and listed, put on codes by name, and found by', async () => {
    const { accountId, campaignId } = place;
    const made = await rest.send('POST', '/api/v1/tags', {
      body: { accountId, name: '收银台', marksFollowers: true },
      headers: { 'idempotency-key': 'tag-1' },
    });
    expect(made).toMatchObject({ status: 201, body: { name: '收银台', codeCount: 0, markedFollowers: 0 } });
    const again = await rest.send('POST', '/api/v1/tags', { body: { accountId, name: '收银台' } });
    expect(again).toMatchObject({ status: 422, body: { fields: [{ field: 'name', code: 'taken' }] } });

    const code = await rest.send('POST', '/api/v1/codes', {
      body: { accountId, campaignId, label: 'x', kind: 'temporary', tags: ['收银台', '门头'] },
    });
    expect(code.body.tags.map(({ name }: { name: string }) => name).sort()).toEqual(
      ['收银台', '门头'].sort(),
    );
    await rest.send('POST', '/api/v1/codes', {
      body: { accountId, campaignId, label: 'y', kind: 'temporary' },
    });
    const found = await rest.send('GET', `/api/v1/codes?accountId=${accountId}&tagId=${made.body.id}`);
    expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([code.body.id]);
    const changed = await rest.send('PATCH', `/api/v1/codes/${code.body.id}`, { body: { tags: ['门头'] } });
    expect(changed.body.tags).toMatchObject([{ name: '门头' }]);
    const { body } = await rest.send('GET', `/api/v1/tags?accountId=${accountId}`);
    expect(body.nextCursor).toBeNull();
    expect(
      body.items.map(({ name, codeCount }: { name: string; codeCount: number }) => [name, codeCount]).sort(),
    ).toEqual(
      [
        ['收银台', 0],
        ['门头', 1],
      ].sort(),
    );
    const wrong = await rest.send('POST', '/api/v1/codes', {
      body: { accountId, campaignId, label: 'z', kind: 'temporary', tags: ['x'.repeat(31)] },
    });
    expect(wrong).toMatchObject({ status: 422, body: { fields: [{ field: 'tags.0', code: 'tooLong' }] } });
  });
});
