import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveCode } from '../codes/archive-code';
import { createCode } from '../codes/create-code';
import { discardCode } from '../codes/discard-code';
import { getCode } from '../codes/get-code';
import { handOverCode } from '../codes/hand-over-code';
import { listCodes } from '../codes/list-codes';
import { renewCode } from '../codes/renew-code';
import { testedDatabase } from '../db/test-database';
import { type BatchBench, openBatchBench, refusal } from './batch-bench';
import { renewCodes } from './renew-codes';

let bench: BatchBench;

beforeAll(async () => {
  bench = await openBatchBench();
});
afterAll(() => bench.close());

type Account = Awaited<ReturnType<BatchBench['addAccount']>>;

const day = 86_400;

function makeTemporary(
  { accountId, campaignId }: Account,
  label: string,
  expireSeconds: number,
  more: object = {},
) {
  return createCode(bench.system, accountId, {
    campaignId,
    kind: 'temporary',
    label,
    expireSeconds,
    ...more,
  });
}

describe(`renewing (${testedDatabase})`, () => {
  it('makes a successor with the same label, channel and present campaign, linked both ways, once', async () => {
    const account = await bench.addAccount();
    const { accountId } = account;
    const channel = await bench.db.channel.create({ data: { accountId, number: 'S1', name: 'Shop' } });
    const summer = await bench.db.campaign.create({ data: { accountId, name: 'Summer' } });
    const code = await makeTemporary(account, '海报', 3 * day, { channelId: channel.id });
    await handOverCode(bench.system, accountId, code.id, { campaignId: summer.id });

    const next = await renewCode(bench.system, accountId, code.id);
    expect(next).toMatchObject({
      ...{ label: '海报', kind: 'temporary', status: 'issued', expireSeconds: 3 * day },
      ...{ campaign: { name: 'Summer' }, channel: { number: 'S1' } },
      renews: { id: code.id, label: '海报' },
    });
    expect(next.scene).not.toEqual(code.scene);
    expect((await getCode(bench.system, accountId, code.id)).renewedBy).toEqual({
      id: next.id,
      label: '海报',
    });
    const again = await Promise.all([1, 2].map(() => renewCode(bench.system, accountId, code.id)));
    expect(again.map(({ id }) => id)).toEqual([next.id, next.id]);
    expect((await renewCode(bench.system, accountId, next.id, { expireSeconds: 600 })).expireSeconds).toBe(
      600,
    );
  });

  it('at once by several makes one successor', async () => {
    const account = await bench.addAccount();
    const code = await makeTemporary(account, 'x', day);
    const made = await Promise.all([1, 2, 3].map(() => renewCode(bench.system, account.accountId, code.id)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it('makes room again when the successor is discarded', async () => {
    const account = await bench.addAccount();
    const code = await makeTemporary(account, 'x', day);
    await bench.fault({ rate: 1, kind: 'busy' });
    const waiting = await renewCode(bench.system, account.accountId, code.id);
    await bench.noFaults();
    expect(waiting.status).toBe('reserved');
    await discardCode(bench.system, account.accountId, waiting.id);
    expect((await getCode(bench.system, account.accountId, code.id)).renewedBy).toBeNull();
    expect((await renewCode(bench.system, account.accountId, code.id)).id).not.toBe(waiting.id);
  });

  it('refuses what does not expire, is archived, or was never issued', async () => {
    const account = await bench.addAccount();
    const { accountId, campaignId } = account;
    const permanent = await createCode(bench.system, accountId, {
      campaignId,
      kind: 'permanent',
      label: 'p',
    });
    expect((await refusal(renewCode(bench.system, accountId, permanent.id))).details.fields).toMatchObject([
      { code: 'renewPermanent' },
    ]);
    const old = await makeTemporary(account, 'x', day);
    await archiveCode(bench.system, accountId, old.id);
    expect((await refusal(renewCode(bench.system, accountId, old.id))).code).toBe('CONFLICT');
    const foreign = await bench.addAccount();
    expect((await refusal(renewCode(bench.system, foreign.accountId, old.id))).code).toBe('NOT_FOUND');
  });

  it('all that end within days goes as one batch, each with its own campaign, and twice is once', async () => {
    const account = await bench.addAccount();
    const { accountId } = account;
    const summer = await bench.db.campaign.create({ data: { accountId, name: 'Summer' } });
    await makeTemporary(account, 'soon', day);
    await makeTemporary(account, 'soon too', 2 * day, { campaignId: summer.id });
    await makeTemporary(account, 'later', 20 * day);
    const filter = { expiresWithinDays: 3 };
    expect((await listCodes(bench.system, accountId, filter)).items.map(({ label }) => label)).toEqual([
      'soon too',
      'soon',
    ]);
    const batch = await renewCodes(bench.system, accountId, { filter });
    expect(batch).toMatchObject({ source: 'renewal', kind: 'temporary', total: 2, known: 0, campaign: null });
    await bench.work(bench.untilState(account, batch.id, 'done'));
    const rows = await bench.rowsOf(account, batch.id);
    const successors = await Promise.all(rows.map(({ codeId }) => getCode(bench.system, accountId, codeId)));
    expect(
      successors.map(({ label, campaign, expireSeconds, renews }) => [
        label,
        campaign?.name,
        expireSeconds,
        renews?.label,
      ]),
    ).toEqual([
      ['soon', 'Spring', day, 'soon'],
      ['soon too', 'Summer', 2 * day, 'soon too'],
    ]);
    const both = await Promise.all(
      [1, 2].map(() => renewCodes(bench.system, accountId, { filter: { expiresWithinDays: 30 } })),
    );
    expect(both.map(({ total }) => total).sort(), 'the successors and the one that ends later').toEqual([
      0, 3,
    ]);
  });

  it('of chosen codes passes over what cannot be renewed', async () => {
    const account = await bench.addAccount();
    const code = await makeTemporary(account, 'x', day);
    const permanent = await createCode(bench.system, account.accountId, {
      ...{ campaignId: account.campaignId, kind: 'permanent', label: 'p' },
    });
    const codeIds = [code.id, permanent.id];
    const batch = await renewCodes(bench.system, account.accountId, { codeIds, expireSeconds: 7 * day });
    expect(batch).toMatchObject({ total: 1, known: 0 });
    const none = await refusal(renewCodes(bench.system, account.accountId, { codeIds: [permanent.id] }));
    expect(none.details.fields).toMatchObject([{ code: 'renewNone' }]);
  });
});
