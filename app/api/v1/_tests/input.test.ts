import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestRest, type Sent, type TestRest } from './test-rest';

let rest: TestRest;
let place: { accountId: string; campaignId: string };

beforeAll(async () => {
  rest = await createTestRest();
  const { accountId, campaignId } = await rest.bench.addAccount();
  place = { accountId, campaignId };
});
afterAll(() => rest.close());

const json = { 'content-type': 'application/json' };
const post = (sent: Sent) => rest.send('POST', '/api/v1/campaigns', sent);
const codesMade = () => rest.bench.db.code.count();
const fieldsOf = (answer: { body: { fields?: { field: string; code: string }[] } }) =>
  answer.body.fields?.map(({ field, code }) => `${field}: ${code}`);

describe('a body', () => {
  it.each<[string, Sent, number, string]>([
    ['that is no JSON', { raw: '{"name": ', headers: json }, 422, 'VALIDATION_FAILED'],
    [
      'that is no UTF-8',
      { raw: new Uint8Array([0x7b, 0xff, 0x7d]), headers: json },
      422,
      'VALIDATION_FAILED',
    ],
    ['that is a list', { body: [] }, 422, 'VALIDATION_FAILED'],
    ['that is null', { body: null }, 422, 'VALIDATION_FAILED'],
    ['that is a number', { body: 7 }, 422, 'VALIDATION_FAILED'],
    ['that is missing', {}, 422, 'VALIDATION_FAILED'],
    [
      'of a form',
      { raw: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'of plain text',
      { raw: '{"name":"x"}', headers: { 'content-type': 'text/plain' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'in GBK',
      { raw: '{"name":"x"}', headers: { 'content-type': 'application/json; charset=gbk' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'that is compressed',
      { raw: '{"name":"x"}', headers: { ...json, 'content-encoding': 'gzip' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'that says it is long',
      { raw: '{}', headers: { ...json, 'content-length': '99999999' } },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'of 1.1 MB',
      { raw: JSON.stringify({ name: 'x'.repeat(1_100_000) }), headers: json },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('%s is refused', async (_, sent, status, code) => {
    expect(await post(sent)).toMatchObject({ status, body: { code } });
  });

  it('without an end is read no further than allowed', async () => {
    let sent = 0;
    const raw = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    expect((await post({ raw, headers: json })).status).toBe(413);
    expect(sent).toBeLessThan(2_000_000);
  });

  it('in UTF-8 by another spelling is read', async () => {
    const raw = JSON.stringify({ accountId: place.accountId, name: '春季' });
    const headers = { 'content-type': 'Application/JSON; Charset="UTF-8"' };
    expect(await post({ raw, headers })).toMatchObject({ status: 201, body: { name: '春季' } });
  });

  it('with unknown fields has them named', async () => {
    const answer = await post({
      body: { accountId: place.accountId, name: 'x', colour: 1, startOn: '2026-01-01' },
    });
    expect(fieldsOf(answer)).toEqual(['colour: unknownField', 'startOn: unknownField']);
    const raw = `{"accountId":"${place.accountId}","name":"x","__proto__":{"note":"y"}}`;
    expect((await post({ raw, headers: json })).status).toBe(422);
  });

  it('is explained in the language that the client asks for', async () => {
    const [chinese, english] = await Promise.all(
      ['zh-CN,zh;q=0.9', 'fr'].map((language) =>
        post({ body: {}, headers: { 'accept-language': language } }),
      ),
    );
    expect(chinese?.body.detail).toMatch(/\p{Script=Han}/u);
    expect(english?.body.detail).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('a code', () => {
  it.each<[string, object, string[]]>([
    ['scene id 0', { kind: 'permanent', scene: { id: 0 } }, ['scene.id: sceneIdRange']],
    ['scene id -1', { kind: 'temporary', scene: { id: -1 } }, ['scene.id: sceneIdRange']],
    ['scene id 1.5', { kind: 'permanent', scene: { id: 1.5 } }, ['scene.id: sceneIdRange']],
    ['scene id 100001, permanent', { kind: 'permanent', scene: { id: 100_001 } }, ['scene.id: sceneIdRange']],
    [
      'scene id 4294967296, temporary',
      { kind: 'temporary', scene: { id: 4_294_967_296 } },
      ['scene.id: sceneIdRange'],
    ],
    ['scene id as text', { kind: 'permanent', scene: { id: '7' } }, ['scene.id: notANumber']],
    ['an empty scene str', { kind: 'permanent', scene: { str: '' } }, ['scene.str: sceneStrEmpty']],
    ['65 bytes', { kind: 'permanent', scene: { str: 'x'.repeat(65) } }, ['scene.str: sceneStrTooLong']],
    [
      '22 Chinese characters',
      { kind: 'temporary', scene: { str: '码'.repeat(22) } },
      ['scene.str: sceneStrTooLong'],
    ],
    ['a control character', { kind: 'permanent', scene: { str: 'a\0b' } }, ['scene.str: controlCharacters']],
    ['both scenes', { kind: 'permanent', scene: { id: 1, str: 'a' } }, ['scene: sceneOneOf']],
    ['no second to live', { kind: 'temporary', expireSeconds: 0 }, ['expireSeconds: expiryRange']],
    ['a second too many', { kind: 'temporary', expireSeconds: 2_592_001 }, ['expireSeconds: expiryRange']],
    ['an expiry for ever', { kind: 'permanent', expireSeconds: 60 }, ['expireSeconds: expiryOfPermanent']],
    ['another kind', { kind: 'eternal' }, ['kind: notInList']],
    ['a label of 10,000', { kind: 'temporary', label: 'x'.repeat(10_000) }, ['label: tooLong']],
    ['WeChat’s own names', { kind: 'temporary', scene_id: 5 }, ['scene_id: unknownField']],
  ])('is not made of %s', async (_, body, wanted) => {
    const before = await codesMade();
    const answer = await rest.send('POST', '/api/v1/codes', { body: { ...place, label: 'x', ...body } });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual(wanted);
    for (const { message } of answer.body.fields) expect(message).toMatch(/\w/);
    expect(await codesMade()).toBe(before);
  });

  it('is not made in a campaign of another account', async () => {
    const other = await rest.bench.addAccount();
    const body = { accountId: place.accountId, campaignId: other.campaignId, label: 'x', kind: 'temporary' };
    expect(await rest.send('POST', '/api/v1/codes', { body })).toMatchObject({ status: 404 });
  });
});

describe('a list', () => {
  const list = (query: string, of = 'codes') =>
    rest.send('GET', `/api/v1/${of}?accountId=${place.accountId}&${query}`);
  const cursor = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');

  it.each([
    ['limit=201', 'limit: tooLarge'],
    ['limit=0', 'limit: tooSmall'],
    ['limit=ten', 'limit: notANumber'],
    ['sort=colour', 'sort: notInList'],
    ['order=up', 'order: notInList'],
    ['kind=permanent&kind=temporary', 'kind: notInList'],
    ['campaignId=5', 'campaignId: uuid'],
    ['colour=red', 'colour: unknownField'],
  ])('with %s is refused', async (query, wanted) => {
    const answer = await list(query);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([wanted]);
  });

  it.each([
    'x',
    '%00',
    cursor(null),
    cursor({}),
    cursor(['a', 'b']),
    cursor(['createdAt', 'desc', '', '1; DROP TABLE codes']),
    cursor(['createdAt', 'desc', '', '9'.repeat(30)]),
    cursor(['scans', 'desc', 'x', '1']),
    cursor(['\0']),
    cursor(['\0', '\0']),
    cursor(['2026-01-01T00:00:00.000Z', 'x']),
  ])('with the cursor %s is refused', async (forged) => {
    for (const of of ['codes', 'campaigns', 'channels']) {
      const answer = await list(`cursor=${forged}`, of);
      // A channel's cursor is a number that it need not have given out.
      if (of === 'channels' && answer.status === 200) continue;
      expect(answer.status, of).toBe(422);
      expect(fieldsOf(answer)?.[0]).toMatch(/^cursor: /);
    }
    expect((await rest.send('GET', `/api/v1/accounts?cursor=${forged}`)).status).toBe(422);
  });

  it('takes a cursor only in the order that it was given out in', async () => {
    for (const label of ['a', 'b']) {
      await rest.send('POST', '/api/v1/codes', { body: { ...place, label, kind: 'temporary' } });
    }
    const { nextCursor } = (await list('sort=label&order=asc&limit=1')).body;
    expect((await list(`sort=label&order=asc&limit=1&cursor=${nextCursor}`)).status).toBe(200);
    expect(fieldsOf(await list(`sort=scans&order=asc&limit=1&cursor=${nextCursor}`))).toEqual([
      'cursor: invalid',
    ]);
  });

  it('searches for signs that a database knows', async () => {
    for (const q of ['%', '_', '\\', "'", '"', '%00']) {
      const answer = await list(`q=${encodeURIComponent(q)}`);
      expect(answer.status).toBe(200);
    }
    expect((await list('q=%00')).status).toBe(422);
  });
});
