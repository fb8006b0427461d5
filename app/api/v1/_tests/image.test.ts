import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDrawPool } from '@/lib/print/draw-symbol';
import { buildWorkers } from '@/scripts/build-workers.mjs';
import { createTestRest, type TestRest } from './test-rest';

let rest: TestRest;
let permanentId: string;
let temporaryId: string;

beforeAll(async () => {
  await buildWorkers();
  rest = await createTestRest();
  const { accountId, campaignId } = await rest.bench.addAccount();
  await rest.bench.addAccount();
  const make = async (kind: string) =>
    (await rest.send('POST', '/api/v1/codes', { body: { accountId, campaignId, label: '柜台', kind } })).body
      .id;
  permanentId = await make('permanent');
  temporaryId = await make('temporary');
});
afterAll(async () => {
  await closeDrawPool();
  await rest.close();
});

const image = (id: string, query: string, at = '/api/v1/codes') =>
  rest.send('GET', `${at}/${id}/image?${query}`);

describe('the image of a code', () => {
  it('is a PNG of the size asked for', async () => {
    const { status, headers, bytes } = await image(permanentId, 'mm=50&dpi=600&download=1');
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(headers.get('content-disposition')).toContain("filename*=UTF-8''%E6%9F%9C%E5%8F%B0");
    const { width, density } = await sharp(bytes).metadata();
    expect(((width ?? 0) / (density ?? 1)) * 25.4).toBeCloseTo(50, 0);
  });

  it('is an SVG in millimetres', async () => {
    const { headers, bytes } = await image(permanentId, 'format=svg&mm=80');
    expect(headers.get('content-type')).toBe('image/svg+xml');
    expect(new TextDecoder().decode(bytes)).toContain('width="80mm"');
  });

  it('of a temporary one takes a deliberate yes', async () => {
    expect(await image(temporaryId, '')).toMatchObject({
      status: 422,
      body: { code: 'TEMPORARY_NOT_CONFIRMED' },
    });
    expect((await image(temporaryId, 'temporary=ok')).status).toBe(200);
  });

  it.each([
    ['mm=0', ['mm']],
    ['dpi=1', ['dpi']],
    ['quiet=0', ['quiet']],
    ['ec=X', ['ec']],
    ['format=bmp', ['format']],
    ['colour=red', ['colour']],
  ])('with %s is refused', async (query, fields) => {
    const { status, body } = await image(permanentId, query);
    expect(status).toBe(422);
    for (const field of fields) {
      expect(body.fields?.map((issue: { field: string }) => issue.field)).toContain(field);
    }
  });

  it('of sizes that do not go together says which would', async () => {
    const { body } = await image(permanentId, 'mm=5000&dpi=2400');
    expect(body).toMatchObject({ status: 422, code: 'IMAGE_OUT_OF_BOUNDS', reason: 'tooLarge' });
    expect((await image(permanentId, `mm=${body.largestMm}&dpi=2400`)).status).toBe(200);
  });

  it('is there for a browser with a session, and for nobody without', async () => {
    const open = () => rest.send('GET', `/api/codes/${permanentId}/image`, { key: null });
    expect((await open()).status).toBe(401);
    const { accountId } = (await rest.send('GET', `/api/v1/codes/${permanentId}`)).body;
    const person = { kind: 'user', id: accountId, name: 'Li', role: 'viewer', sessionId: accountId } as const;
    rest.signIn({ ...person, allAccounts: true, accountIds: [] });
    expect((await open()).status).toBe(200);
    rest.signIn({ ...person, allAccounts: false, accountIds: [] });
    expect((await open()).status).toBe(404);
    rest.signIn({ ...person, allAccounts: true, accountIds: [] });
    // Who brings a key is judged by the key, whatever the cookie says.
    const bad = await rest.send('GET', `/api/codes/${permanentId}/image`, { key: 'not a key' });
    expect(bad.status).toBe(401);
    rest.signIn({ kind: 'stranger' });
    expect((await image(permanentId, '', '/api/codes')).status).toBe(200);
  });
});
