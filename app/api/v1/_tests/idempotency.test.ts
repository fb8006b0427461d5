import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestRest, type Received, type TestRest } from './test-rest';

let rest: TestRest;
let place: { accountId: string; campaignId: string; appId: string };

beforeAll(async () => {
  rest = await createTestRest();
});
afterAll(() => rest.close());
beforeEach(async () => {
  place = await rest.bench.addAccount();
  rest.setClock(null);
  await rest.bench.noFaults();
});

let drawn = 0;
const newKey = () => `request ${++drawn}`;
const countCodes = () => rest.bench.db.code.count({ where: { accountId: place.accountId } });

function make(idempotencyKey: string, body: object = {}, key?: string): Promise<Received> {
  const { accountId, campaignId } = place;
  return rest.send('POST', '/api/v1/codes', {
    key,
    headers: { 'idempotency-key': idempotencyKey },
    body: { accountId, campaignId, label: 'x', kind: 'permanent', ...body },
  });
}

describe('an Idempotency-Key', () => {
  it('gets the same answer for the same body, in whatever order its fields are', async () => {
    const key = newKey();
    const first = await make(key);
    const again = await make(key);
    expect(again.body).toEqual(first.body);
    expect([again.status, again.headers.get('location'), again.headers.get('idempotency-replayed')]).toEqual([
      201,
      first.headers.get('location'),
      'true',
    ]);
    const { accountId, campaignId } = place;
    const turned = await rest.send('POST', '/api/v1/codes', {
      headers: { 'idempotency-key': key },
      body: { kind: 'permanent', label: 'x', campaignId, accountId },
    });
    expect(turned.body).toEqual(first.body);
    expect(await countCodes()).toBe(1);
  });

  it('is refused with another body', async () => {
    const key = newKey();
    await make(key);
    expect(await make(key, { label: 'y' })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await countCodes()).toBe(1);
  });

  it('lets one of two at once through, and the other wait', async () => {
    const key = newKey();
    await rest.bench.fault({ rate: 1, kind: 'slow', delayMs: 300 });
    const answers = await Promise.all([make(key), make(key), make(key)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const waiting = answers.find(({ status }) => status === 409);
    expect(waiting?.body.code).toBe('IDEMPOTENCY_KEY_IN_PROGRESS');
    expect(waiting?.headers.get('retry-after')).toBe('1');
    expect((await make(key)).body).toEqual(answers.find(({ status }) => status === 201)?.body);
    expect(await countCodes()).toBe(1);
    expect((await rest.bench.stateOf(place.appId)).permanentInt).toBe(1);
  });

  it('is of one API key and one address', async () => {
    const key = newKey();
    const other = await rest.makeKey('write');
    const ids = [(await make(key)).body.id, (await make(key, {}, other.key)).body.id];
    expect(new Set(ids).size).toBe(2);
    const elsewhere = await rest.send('POST', `/api/v1/codes/${ids[0]}/archive`, {
      headers: { 'idempotency-key': key },
    });
    expect(elsewhere.status).toBe(200);
  });

  it('keeps a refusal too', async () => {
    const key = newKey();
    const first = await make(key, { kind: 'permanent', scene: { id: 0 } });
    expect(first.status).toBe(422);
    const again = await make(key, { kind: 'permanent', scene: { id: 0 } });
    expect([again.status, again.body]).toEqual([422, first.body]);
    expect(again.headers.get('content-type')).toBe('application/problem+json');
    expect((await make(key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('finds the same code after WeChat had refused it, and spends no second scene', async () => {
    const key = newKey();
    await rest.bench.fault({ rate: 1, kind: 'busy' });
    const first = await make(key);
    expect(first.status).toBe(202);
    await rest.bench.noFaults();
    expect((await make(key)).body).toEqual(first.body);
    expect(await countCodes()).toBe(1);
  });

  it('finds what a process made that died before it answered', async () => {
    const key = newKey();
    const first = await make(key);
    // As the row stands when the process dies between making the code and keeping the answer.
    const began = Date.now();
    await rest.bench.db.idempotencyKey.updateMany({
      where: { key },
      data: { responseStatus: null, responseSealed: null, lockedUntil: new Date(began + 60_000) },
    });
    expect((await make(key)).body.code).toBe('IDEMPOTENCY_KEY_IN_PROGRESS');
    rest.setClock(() => new Date(began + 61_000));
    expect(await make(key, { label: 'y' })).toMatchObject({ body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    const again = await make(key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(await countCodes()).toBe(1);
  });

  it('is forgotten after 24 hours, and the row goes with the next one', async () => {
    const key = newKey();
    const first = await make(key);
    rest.setClock(() => new Date(Date.now() + 24 * 3_600_000 - 60_000));
    expect((await make(key)).body.id).toBe(first.body.id);
    rest.setClock(() => new Date(Date.now() + 24 * 3_600_000 + 1_000));
    const anew = await make(key, { label: 'another body' });
    expect(anew.status).toBe(201);
    expect(anew.body.id).not.toBe(first.body.id);

    const old = newKey();
    rest.setClock(null);
    await make(old);
    rest.setClock(() => new Date(Date.now() + 24 * 3_600_000 + 1_000));
    await make(newKey());
    expect(await rest.bench.db.idempotencyKey.count({ where: { key: old } })).toBe(0);
  });

  it.each([
    ['empty', ''],
    ['256 characters', 'x'.repeat(256)],
    ['another alphabet', 'é'],
  ])('is refused when it is %s', async (_, key) => {
    const answer = await make(key);
    expect(answer).toMatchObject({ status: 422, body: { fields: [{ field: 'Idempotency-Key' }] } });
    expect(await countCodes()).toBe(0);
  });

  it('of 255 characters is taken', async () => {
    expect((await make('x'.repeat(255))).status).toBe(201);
  });
});
