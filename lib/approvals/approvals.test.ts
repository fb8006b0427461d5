import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBatch } from '@/lib/batches/create-batch';
import type { BatchRequest } from '@/lib/batches/plan-batch';
import { openTestBench, type TestBench } from '@/lib/codes/test-bench';
import { isAppError } from '@/lib/errors';
import { setQuotaRules } from '@/lib/quota/quota-rules';
import { approveRequest } from './approve-request';
import { refuseRequest, withdrawRequest } from './decide-approval';
import { listApprovals } from './list-approvals';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

async function openPlace(cap = 100) {
  const place = await bench.addAccount({ cap });
  await setQuotaRules(bench.system, place.accountId, { approvalThreshold: 5 });
  return place;
}

async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw error ?? new Error('was not refused');
  return error;
}

async function ask(accountId: string, request: BatchRequest): Promise<string> {
  const error = await refusalOf(createBatch(bench.as('marketer'), accountId, request));
  expect(error.code).toBe('APPROVAL_REQUIRED');
  return String(error.details.approvalId);
}

const counted = (campaignId: string, count: number): BatchRequest => ({
  input: { campaignId, kind: 'permanent', count, labelTemplate: 'shop {n}' },
});

const made = (accountId: string) =>
  bench.db.code.findMany({
    where: { accountId },
    orderBy: { sequence: 'asc' },
    select: { label: true, scene: true, createdByName: true, batchId: true },
  });

describe('a large reservation', () => {
  it('asks an admin, reserves nothing, and is made once as whose it is', async () => {
    const { accountId, campaignId } = await openPlace();
    const id = await ask(accountId, counted(campaignId, 6));
    expect(await made(accountId)).toEqual([]);
    const admin = bench.as('admin');
    const [first, second] = await Promise.allSettled([
      approveRequest(admin, accountId, id, { note: 'fine' }),
      approveRequest(admin, accountId, id),
    ]);
    expect([first.status, second.status]).toContain('fulfilled');
    expect((await approveRequest(admin, accountId, id)).batchId).toBe(id);
    const codes = await made(accountId);
    expect(codes).toHaveLength(6);
    expect(codes[5]).toMatchObject({ label: 'shop 6', createdByName: 'test key', batchId: id });
    expect((await refusalOf(refuseRequest(admin, accountId, id))).details.state).toBe('approved');
  });

  it.each<[string, (campaignId: string) => BatchRequest]>([
    [
      'rows',
      (campaignId) => ({
        input: {
          campaignId,
          kind: 'permanent',
          rows: Array.from({ length: 6 }, (_, n) => ({ label: `店 ${n}`, scene: { str: `s${n}` } })),
        },
      }),
    ],
    [
      'a file',
      (campaignId) => ({
        input: { campaignId, kind: 'permanent' },
        file: {
          name: 'shops.csv',
          charset: null,
          open: async function* () {
            yield new TextEncoder().encode('label,scene\n');
            for (let n = 0; n < 6; n++) yield new TextEncoder().encode(`店 ${n},s${n}\n`);
          },
        },
      }),
    ],
  ])('keeps %s until it is decided', async (_, request) => {
    const { accountId, campaignId } = await openPlace();
    const id = await ask(accountId, request(campaignId));
    await approveRequest(bench.as('admin'), accountId, id);
    const codes = await made(accountId);
    expect(codes.map(({ label, scene }) => [label, scene])).toEqual(
      Array.from({ length: 6 }, (_each, n) => [`店 ${n}`, `s${n}`]),
    );
    expect((await bench.db.approval.findUniqueOrThrow({ where: { id } })).file).toBeNull();
  });

  it('is not asked of an admin, for temporary codes, up to the threshold, or where there is none', async () => {
    const { accountId, campaignId } = await openPlace();
    await createBatch(bench.as('admin'), accountId, counted(campaignId, 6));
    await createBatch(bench.as('marketer'), accountId, counted(campaignId, 5));
    await createBatch(bench.as('marketer'), accountId, {
      input: { campaignId, kind: 'temporary', count: 50 },
    });
    await setQuotaRules(bench.as('admin'), accountId, { approvalThreshold: null });
    await createBatch(bench.as('marketer'), accountId, counted(campaignId, 6));
    expect((await listApprovals(bench.as('viewer'), accountId)).items).toEqual([]);
  });

  it('that can no longer be made says why, and may be approved again', async () => {
    const { accountId, campaignId } = await openPlace(8);
    const id = await ask(accountId, counted(campaignId, 6));
    await createBatch(bench.as('marketer'), accountId, counted(campaignId, 5));
    const failed = await approveRequest(bench.as('admin'), accountId, id);
    expect(failed).toMatchObject({
      state: 'failed',
      failure: { code: 'SCENE_CAP_REACHED', details: { remaining: 3 } },
    });
    await bench.db.permanentLedger.update({ where: { accountId }, data: { cap: 100 } });
    expect(await approveRequest(bench.as('admin'), accountId, id)).toMatchObject({ state: 'approved' });
    expect(await made(accountId)).toHaveLength(11);
  });

  it('is taken back by who asked, and refused with a word', async () => {
    const { accountId, campaignId } = await openPlace();
    const asker = bench.as('marketer');
    const refused = await refusalOf(createBatch(asker, accountId, counted(campaignId, 6)));
    const id = String(refused.details.approvalId);
    expect((await refusalOf(withdrawRequest(bench.as('marketer'), accountId, id))).code).toBe('FORBIDDEN');
    expect((await withdrawRequest(asker, accountId, id)).state).toBe('withdrawn');
    const admin = bench.as('admin');
    expect((await refusalOf(approveRequest(admin, accountId, id))).code).toBe('APPROVAL_STATE');
    const other = await ask(accountId, counted(campaignId, 7));
    const answer = await refuseRequest(admin, accountId, other, { note: 'temporary ones will do' });
    expect(answer.decided?.note).toBe('temporary ones will do');
    const told = await bench.db.notification.findMany({
      where: { accountId },
      orderBy: { createdAt: 'asc' },
    });
    expect(told.map(({ kind }) => kind)).toEqual([
      'approval.requested',
      'approval.requested',
      'approval.decided',
    ]);
  });
});
