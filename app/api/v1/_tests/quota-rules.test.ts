import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setQuotaRules } from '@/lib/quota/quota-rules';
import { createTestRest, type TestRest } from './test-rest';

let rest: TestRest;

beforeAll(async () => {
  rest = await createTestRest();
});
afterAll(() => rest.close());

describe('reuse', () => {
  const archived = async (ids: { accountId: string; campaignId: string }) => {
    const made = await rest.send('POST', '/api/v1/codes', {
      body: { ...ids, label: 'old', kind: 'permanent' },
    });
    await rest.send('POST', `/api/v1/codes/${made.body.id}/archive`);
    return made.body;
  };

  it('of an archived slot waits for the cooling time, then takes scene and url over and spends nothing', async () => {
    const { accountId, campaignId } = await rest.bench.addAccount();
    const old = await archived({ accountId, campaignId });
    const wanted = { accountId, campaignId, label: 'new', kind: 'permanent', scene: old.scene };
    expect((await rest.send('POST', '/api/v1/codes', { body: wanted })).body.code).toBe('SCENE_TAKEN');
    const early = await rest.send('POST', '/api/v1/codes', { body: { ...wanted, reuse: true } });
    expect(early).toMatchObject({ status: 409, body: { code: 'SLOT_COOLING', days: 90 } });
    await setQuotaRules(rest.bench.as('admin'), accountId, { coolingDays: 0 });
    const before = (await rest.send('GET', `/api/v1/quota?accountId=${accountId}`)).body.remaining;
    const given = await rest.send('POST', '/api/v1/codes', { body: { ...wanted, reuse: true } });
    expect(given).toMatchObject({ status: 201, body: { scene: old.scene, url: old.url, status: 'issued' } });
    expect((await rest.send('GET', `/api/v1/quota?accountId=${accountId}`)).body.remaining).toBe(before);
    const unarchived = await rest.send('PATCH', `/api/v1/codes/${old.id}`, { body: { archived: false } });
    expect(unarchived.status).toBeGreaterThanOrEqual(400);
  });

  it('of what is in use is refused', async () => {
    const { accountId, campaignId } = await rest.bench.addAccount();
    const body = { accountId, campaignId, label: 'old', kind: 'permanent' };
    const { body: used } = await rest.send('POST', '/api/v1/codes', { body });
    const refused = await rest.send('POST', '/api/v1/codes', {
      body: { ...body, scene: used.scene, reuse: true },
    });
    expect(refused.body.code).toBe('SLOT_NOT_ARCHIVED');
  });

  it('of the codes that channels have spends slots on the other rows only', async () => {
    const { accountId, campaignId } = await rest.bench.addAccount();
    const channels = ['S-1', 'S-2', 'S-3'];
    for (const number of channels) {
      const body = { accountId, name: `Shop ${number}` };
      expect((await rest.send('PUT', `/api/v1/channels/by-number/${number}`, { body })).status).toBe(201);
    }
    const shops = await rest.send('GET', `/api/v1/channels?accountId=${accountId}&q=S-1`);
    const first = await rest.send('POST', '/api/v1/codes', {
      body: { accountId, campaignId, label: 'a', kind: 'permanent', channelId: shops.body.items[0]?.id },
    });
    expect(first.status).toBe(201);
    const next = await rest.send('POST', '/api/v1/campaigns', { body: { accountId, name: 'Autumn' } });
    const body = { accountId, campaignId: next.body.id, kind: 'permanent', channels: {}, reuse: true };
    const dry = await rest.send('POST', '/api/v1/batches?dryRun=true', { body });
    expect(dry).toMatchObject({
      status: 200,
      body: { valid: 3, reusable: 1, slots: { needed: 2, budgetLeft: null, approvalAbove: null } },
    });
    const made = await rest.send('POST', '/api/v1/batches', { body });
    expect(made).toMatchObject({ status: 202, body: { total: 2, reused: 1, source: 'channels' } });
    const rows = await rest.send('GET', `/api/v1/batches/${made.body.id}/rows`);
    expect(rows.body.items.filter((row: { reusedFrom: string | null }) => row.reusedFrom)).toMatchObject([
      { channel: { number: 'S-1' } },
    ]);
    const again = await rest.send('POST', '/api/v1/batches', { body });
    expect(again.body, 'within a campaign a channel gets one once').toMatchObject({ total: 0 });
  });
});

it('asks an admin for more than a marketer may take, and says so in the dry run', async () => {
  const { accountId, campaignId } = await rest.bench.addAccount();
  await setQuotaRules(rest.bench.as('admin'), accountId, { approvalThreshold: 3 });
  const { key } = await rest.makeKey('write');
  const body = { accountId, campaignId, kind: 'permanent', count: 4, labelTemplate: '{n}' };
  const dry = await rest.send('POST', '/api/v1/batches?dryRun=true', { key, body });
  expect(dry.body.slots).toMatchObject({ needed: 4, approvalAbove: 3 });
  const asked = await rest.send('POST', '/api/v1/batches', { key, body });
  expect(asked).toMatchObject({ status: 409, body: { code: 'APPROVAL_REQUIRED', slots: 4 } });
  expect(asked.body.href).toBe(`/approvals/${asked.body.approvalId}`);
  expect((await rest.send('GET', `/api/v1/quota?accountId=${accountId}`)).body.reserved).toBe(0);
  expect((await rest.send('POST', '/api/v1/batches', { key, body: { ...body, count: 3 } })).status).toBe(202);
  expect((await rest.send('POST', '/api/v1/batches', { body })).status, 'admins are never asked').toBe(202);
});

it("refuses what a campaign's budget does not bear, and says what is left", async () => {
  const { accountId } = await rest.bench.addAccount();
  const campaign = await rest.send('POST', '/api/v1/campaigns', {
    body: { accountId, name: 'Small', slotBudget: 2 },
  });
  const body = { accountId, campaignId: campaign.body.id, kind: 'permanent', count: 3, labelTemplate: '{n}' };
  const dry = await rest.send('POST', '/api/v1/batches?dryRun=true', { body });
  expect(dry.body.slots).toMatchObject({ needed: 3, budgetLeft: 2 });
  expect(await rest.send('POST', '/api/v1/batches', { body })).toMatchObject({
    status: 409,
    body: { code: 'CAMPAIGN_BUDGET_REACHED', budget: 2, spent: 0, left: 2, campaign: 'Small' },
  });
});

it('lists what was said of scenes used elsewhere, and takes one import back while nothing is built on it', async () => {
  const { accountId, campaignId } = await rest.bench.addAccount();
  const query = `?accountId=${accountId}`;
  const said = await rest.send('POST', '/api/v1/quota/external', {
    body: { accountId, ranges: [[1, 5]], strs: ['desk 7'] },
  });
  expect(said).toMatchObject({ status: 200, body: { added: 6 } });
  const list = await rest.send('GET', `/api/v1/quota/external${query}&limit=1`);
  expect(list.body.items).toMatchObject([{ id: said.body.importId, source: 'api', ranges: [[1, 5]] }]);
  const undo = `/api/v1/quota/external/${said.body.importId}/undo`;
  const adopted = await rest.send('POST', '/api/v1/codes/import', {
    body: { accountId, campaignId, rows: [{ scene: '3', label: 'Window', url: 'http://weixin.qq.com/q/3' }] },
  });
  expect(adopted).toMatchObject({ body: { total: 1, adopted: 1 } });
  expect((await rest.send('POST', undo)).body).toMatchObject({ code: 'IMPORT_BUILT_ON', count: 1 });
  const more = await rest.send('POST', '/api/v1/quota/external', {
    body: { accountId, ranges: [[50, 51]] },
  });
  const undone = await rest.send('POST', `/api/v1/quota/external/${more.body.importId}/undo`);
  expect(undone).toMatchObject({ status: 200, body: { undone: { by: 'admin key' } } });
  expect((await rest.send('GET', `/api/v1/quota${query}`)).body).toMatchObject({ external: 5, issued: 1 });
});

describe('codes made elsewhere', () => {
  it('come in as a table, after a dry run, once', async () => {
    const { accountId, campaignId } = await rest.bench.addAccount();
    const query = `accountId=${accountId}&campaignId=${campaignId}`;
    const table = {
      raw: 'scene,label,url,channel\n7,Door,http://weixin.qq.com/q/door,S-9\nx y,Odd,http://weixin.qq.com/q/odd,\n',
      headers: { 'content-type': 'text/csv' },
    };
    const dry = await rest.send('POST', `/api/v1/codes/import?${query}&dryRun=true`, table);
    expect(dry).toMatchObject({ status: 200, body: { valid: 2, invalid: 0, newChannels: 1 } });
    const made = await rest.send('POST', `/api/v1/codes/import?${query}`, table);
    expect(made.body).toMatchObject({ total: 2, known: 0, adopted: 0 });
    expect((await rest.send('POST', `/api/v1/codes/import?${query}`, table)).body).toMatchObject({
      total: 0,
      known: 2,
    });
    const codes = await rest.send('GET', `/api/v1/codes?accountId=${accountId}&sort=label&order=asc`);
    expect(codes.body.items).toMatchObject([
      { label: 'Door', scene: { id: 7 }, status: 'issued' },
      { label: 'Odd', scene: { str: 'x y' }, status: 'issued' },
    ]);
  });

  it('are refused row by row', async () => {
    const { accountId } = await rest.bench.addAccount();
    const refused = await rest.send('POST', '/api/v1/codes/import', {
      body: { accountId, rows: [{ label: 'no scene' }, { scene: '1', label: 'x', campaign: 'nowhere' }] },
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED', invalid: 2 } });
  });
});

it('renews a temporary code by a successor, and no permanent one', async () => {
  const { accountId, campaignId } = await rest.bench.addAccount();
  const body = { accountId, campaignId, label: 'poster', kind: 'temporary', expireSeconds: 3_600 };
  const { body: old } = await rest.send('POST', '/api/v1/codes', { body });
  const renewed = await rest.send('POST', `/api/v1/codes/${old.id}/renew`, {
    body: { expireSeconds: 7_200 },
  });
  expect(renewed).toMatchObject({ status: 201, body: { label: 'poster', kind: 'temporary' } });
  expect(renewed.body.scene).not.toEqual(old.scene);
  const { body: permanent } = await rest.send('POST', '/api/v1/codes', {
    body: { accountId, campaignId, label: 'wall', kind: 'permanent' },
  });
  const refused = await rest.send('POST', `/api/v1/codes/${permanent.id}/renew`, { body: {} });
  expect(refused.status).toBeGreaterThanOrEqual(400);
});
