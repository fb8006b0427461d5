import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIssueWorker } from '@/lib/codes/issue-worker';
import { createTestRest, type TestRest } from './test-rest';

let rest: TestRest;

beforeAll(async () => {
  rest = await createTestRest();
});
afterAll(() => rest.close());

const csv = (text: string | Uint8Array<ArrayBuffer>, type = 'text/csv') => ({
  raw: text,
  headers: { 'content-type': type },
});

it('makes codes from a count, follows them, and gives the result as JSON and as a table', async () => {
  const { accountId, campaignId } = await rest.bench.addAccount();
  const made = await rest.send('POST', '/api/v1/batches', {
    body: { accountId, campaignId, kind: 'permanent', count: 5, labelTemplate: '{campaign} {nn}' },
  });
  expect(made).toMatchObject({
    status: 202,
    body: { total: 5, reserved: 5, issued: 0, failed: 0, state: 'queued' },
  });
  const address = `/api/v1/batches/${made.body.id}`;
  const worker = startIssueWorker(async () => rest.bench.system);
  for (let i = 0; i < 200 && (await rest.send('GET', address)).body.state !== 'done'; i++) await sleep(50);
  await worker.stop();
  expect((await rest.send('GET', address)).body).toMatchObject({ state: 'done', issued: 5, reserved: 0 });
  const page = await rest.send('GET', `${address}/rows?limit=2`);
  expect(page.body.items).toMatchObject([
    { line: 1, label: 'Spring 01', scene: { id: 1 }, status: 'issued' },
    {},
  ]);
  const rest2 = await rest.send('GET', `${address}/rows?limit=200&cursor=${page.body.nextCursor}`);
  expect(rest2.body).toMatchObject({ items: [{ line: 3 }, { line: 4 }, { line: 5 }], nextCursor: null });
  for (const asked of [
    { address: `${address}/rows?as=csv` },
    { address: `${address}/rows`, headers: { accept: 'text/csv' } },
  ]) {
    const table = await rest.send('GET', asked.address, { headers: asked.headers });
    expect(new TextDecoder().decode(table.bytes).split('\r\n')).toHaveLength(7);
    expect(table.headers.get('content-disposition')).toMatch(/^attachment; .*\.csv/);
  }
  const list = await rest.send('GET', `/api/v1/batches?accountId=${accountId}`);
  expect(list.body.items).toMatchObject([{ id: made.body.id }]);
});

it('takes a table as the body, the other fields in the query', async () => {
  const { accountId, campaignId } = await rest.bench.addAccount();
  const query = `accountId=${accountId}&campaignId=${campaignId}&kind=permanent`;
  const table = 'label,scene,channel,key\nA,12,S-1,a\nB,,S-1,b\n';
  const made = await rest.send('POST', `/api/v1/batches?${query}`, csv(table));
  expect(made).toMatchObject({ status: 202, body: { total: 2, source: 'csv' } });
  expect((await rest.send('GET', `/api/v1/batches/${made.body.id}/rows`)).body.items).toMatchObject([
    { line: 2, key: 'a', scene: { id: 12 }, channel: { number: 'S-1', name: 'S-1' } },
    { line: 3, key: 'b', scene: { id: 1 } },
  ]);
  const again = await rest.send('POST', `/api/v1/batches?${query}`, csv(table));
  expect(again.body).toMatchObject({ total: 0, known: 2, state: 'done' });
  const gb = Buffer.from('c3fbb3c60ad6d0cec40a', 'hex');
  const chinese = await rest.send(
    'POST',
    `/api/v1/batches?${query}`,
    csv(new Uint8Array(gb), 'text/csv; charset=gb18030'),
  );
  expect((await rest.send('GET', `/api/v1/batches/${chinese.body.id}/rows`)).body.items).toMatchObject([
    { label: '中文' },
  ]);
  const bare = await rest.send('POST', '/api/v1/batches', csv(table));
  expect(bare.status).toBe(422);
  const wrong = await rest.send('POST', `/api/v1/batches?${query}&colour=red`, csv(table));
  expect(wrong.body.fields).toMatchObject([{ field: 'colour', code: 'unknownField' }]);
  expect(
    (await rest.send('POST', `/api/v1/batches?${query}`, csv(table, 'text/csv; charset=koi8-r'))).status,
  ).toBe(415);
});

it('names the faulty rows in the language asked for, in a dry run and in a refusal, and changes nothing', async () => {
  const { accountId, campaignId } = await rest.bench.addAccount();
  const body = {
    ...{ accountId, campaignId, kind: 'permanent' },
    rows: [{ label: 'fine' }, { label: '' }, { label: 'x', scene: { id: 100_001 } }],
  };
  const dry = await rest.send('POST', '/api/v1/batches?dryRun=true', {
    body,
    headers: { 'accept-language': 'zh-CN' },
  });
  expect(dry).toMatchObject({
    status: 200,
    body: {
      ...{ valid: 1, invalid: 2, slots: { needed: 1, remaining: 100_000 } },
      rows: [
        { line: 2, ok: false, errors: [{ field: 'label', code: 'required', message: '请填写此项。' }] },
        { line: 3, ok: false, errors: [{ field: 'scene', code: 'sceneIdRange' }] },
      ],
    },
  });
  const refused = await rest.send('POST', '/api/v1/batches', { body });
  expect(refused).toMatchObject({
    status: 422,
    body: { invalid: 2, fields: [{ field: 'rows.2.label' }, { field: 'rows.3.scene' }] },
  });
  expect((await rest.send('GET', `/api/v1/batches?accountId=${accountId}`)).body.items).toEqual([]);
});

it('refuses more than is left, and says how many are', async () => {
  const { accountId, campaignId } = await rest.bench.addAccount({ cap: 10 });
  const body = { accountId, campaignId, kind: 'permanent', count: 11 };
  expect(await rest.send('POST', '/api/v1/batches', { body })).toMatchObject({
    status: 409,
    body: { code: 'SCENE_CAP_REACHED', remaining: 10 },
  });
});

describe('Idempotency-Key', () => {
  it('gives the same answer to the same count and to the same table, and refuses another', async () => {
    const { accountId, campaignId } = await rest.bench.addAccount();
    const query = `accountId=${accountId}&campaignId=${campaignId}&kind=permanent`;
    const post = (key: string, table: string) => {
      const { raw, headers } = csv(table);
      return rest.send('POST', `/api/v1/batches?${query}`, {
        raw,
        headers: { ...headers, 'idempotency-key': key },
      });
    };
    const first = await post('table', 'label\nA\n');
    const second = await post('table', 'label\nA\n');
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await post('table', 'label\nB\n')).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    const body = { accountId, campaignId, kind: 'permanent', count: 3 };
    const counted = () =>
      rest.send('POST', '/api/v1/batches', { body, headers: { 'idempotency-key': 'count' } });
    expect((await counted()).body).toEqual((await counted()).body);
    const { reserved } = await rest.bench.db.permanentLedger.findUniqueOrThrow({ where: { accountId } });
    expect(reserved).toBe(4);
  });
});

it('is paused, resumed, cancelled; each change that is too late says so', async () => {
  const { accountId, campaignId } = await rest.bench.addAccount();
  const body = { accountId, campaignId, kind: 'permanent', count: 3 };
  const { id } = (await rest.send('POST', '/api/v1/batches', { body })).body;
  const change = (verb: string) => rest.send('POST', `/api/v1/batches/${id}/${verb}`);
  expect(await change('pause')).toMatchObject({
    status: 200,
    body: { state: 'paused', pause: { by: 'admin key' } },
  });
  expect((await change('resume')).body.state).toBe('queued');
  expect((await change('cancel')).body).toMatchObject({ state: 'cancelled', returned: 3, reserved: 0 });
  for (const verb of ['pause', 'resume', 'retry']) {
    expect(await change(verb)).toMatchObject({
      status: 409,
      body: { code: 'BATCH_STATE', state: 'cancelled' },
    });
  }
});
