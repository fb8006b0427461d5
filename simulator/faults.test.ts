import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Rig, startRig } from './rig';

const CREATE = '/cgi-bin/qrcode/create';
let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
  await rig.account();
  await rig.token();
});
afterEach(() => rig.close());

const fault = (kind: string, more: object = {}) =>
  rig.post('/_sim/faults', { path: CREATE, rate: 1, kind, seed: 1, ...more });

async function raw(): Promise<Response> {
  const body = '{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":9}}}';
  return fetch(`${rig.base}${CREATE}?access_token=${await rig.token()}`, { method: 'POST', body });
}

test.each([
  ['busy', -1],
  ['minuteLimit', 45011],
  ['dayLimit', 45009],
])('%s answers %d and does nothing', async (kind, errcode) => {
  await fault(kind);
  expect((await rig.permanent(1)).errcode).toBe(errcode);
  expect(await rig.state()).toMatchObject({ permanentInt: 0, faults: { [kind]: 1 } });
});

test('a reset does nothing, a lost reply has done it; both cut the connection', async () => {
  await fault('reset');
  await expect(rig.permanent(1)).rejects.toThrow();
  expect((await rig.state()).permanentInt).toBe(0);
  await fetch(`${rig.base}/_sim/faults`, { method: 'DELETE' });
  await fault('lostReply');
  await expect(rig.permanent(1)).rejects.toThrow();
  expect((await rig.state()).permanentInt).toBe(1);
  await fetch(`${rig.base}/_sim/faults`, { method: 'DELETE' });
  expect((await rig.permanent(1)).ticket).toBeDefined();
  expect((await rig.state()).faults).toEqual({ reset: 1, lostReply: 1 });
});

test('bad JSON is half of the answer, whole as a message; a truncated one breaks off', async () => {
  await fault('badJson');
  const response = await raw();
  const text = await response.text();
  expect(text).toMatch(/^\{"ticket"/);
  expect(() => JSON.parse(text)).toThrow();
  await fetch(`${rig.base}/_sim/faults`, { method: 'DELETE' });
  await fault('truncated');
  await expect(raw().then((answer) => answer.text())).rejects.toThrow();
  expect((await rig.state()).permanentInt).toBe(1);
});

test('text/plain, and the page of a proxy', async () => {
  await fault('textPlain', { times: 1 });
  const plain = await raw();
  expect(plain.headers.get('content-type')).toBe('text/plain');
  expect(await plain.json()).toHaveProperty('ticket');
  await fault('htmlError', { times: 1 });
  const page = await raw();
  expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
  expect((await raw()).status).toBe(200);
});

test('an expired token is dead for everybody, and the stable one is replaced without force', async () => {
  const before = await rig.token();
  await fault('tokenExpired', { times: 1 });
  expect((await rig.permanent(1)).errcode).toBe(42001);
  expect((await rig.permanent(1)).errcode).toBe(42001);
  const after = (await rig.stableToken()).access_token;
  expect(after).not.toBe(before);
  const body = { action_name: 'QR_LIMIT_SCENE', action_info: { scene: { scene_id: 1 } } };
  expect((await rig.post(`${CREATE}?access_token=${after}`, body)).ticket).toBeDefined();
});

test('slow waits and adds to another fault', async () => {
  await fault('slow', { delayMs: 80 });
  await fault('busy');
  const started = performance.now();
  expect((await rig.permanent(1)).errcode).toBe(-1);
  expect(performance.now() - started).toBeGreaterThan(75);
  expect((await rig.state()).faults).toEqual({ slow: 1, busy: 1 });
});

test('a path is hit alone, others not', async () => {
  await fault('busy');
  expect((await rig.read('/cgi-bin/getcallbackip')).errcode).toBeUndefined();
});

test('the same seed injects the same faults, whatever others are asked for beside it', async () => {
  const series = async () => {
    const codes: unknown[] = [];
    for (let i = 1; i <= 60; i += 1) codes.push((await rig.permanent(i)).errcode);
    return codes;
  };
  await fault('busy', { rate: 0.3, seed: 42 });
  const alone = await series();
  await fetch(`${rig.base}/_sim/faults`, { method: 'DELETE' });
  await fault('minuteLimit', { rate: 0.3, seed: 7 });
  await fault('busy', { rate: 0.3, seed: 42 });
  const together = await series();
  const hits = indexesOf(alone, -1);
  expect(hits.length).toBeGreaterThan(8);
  expect(hits.length).toBeLessThan(30);
  // The one posted first wins where both hit; the other's own series does not move for that.
  const shadowed = hits.filter((index) => together[index] === 45011);
  expect(shadowed.length).toBeGreaterThan(0);
  expect(indexesOf(together, -1)).toEqual(hits.filter((index) => !shadowed.includes(index)));
});

function indexesOf(codes: unknown[], wanted: number): number[] {
  return codes.flatMap((errcode, index) => (errcode === wanted ? [index] : []));
}

test.each([
  [{ rate: 2 }, 'rate'],
  [{ kind: 'none' }, 'kind'],
  [{ seed: undefined }, 'seed'],
])('a wrong fault %j is refused by name', async (wrong, field) => {
  expect((await fault('busy', wrong)).error).toMatch(new RegExp(`^${field}: `));
});
