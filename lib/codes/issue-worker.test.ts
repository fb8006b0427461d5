import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/context';
import { isAppError } from '@/lib/errors';
import { type WeChatClient, WeChatError } from '@/lib/wechat';
import { archiveCode } from './archive-code';
import { claimCode, claimCodes } from './claim-codes';
import { createCode } from './create-code';
import { discardCode } from './discard-code';
import { getCode } from './get-code';
import { askWeChat, giveBack, issueCode } from './issue-code';
import { startIssueWorker } from './issue-worker';
import { recordAnswers } from './record-answers';
import { retryCode } from './retry-code';
import type { CreateCodeInput } from './schemas';
import { openTestBench, queueCodes, type TestBench } from './test-bench';
import { unarchiveCode } from './unarchive-code';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());
afterEach(() => bench.noFaults());

type Account = Awaited<ReturnType<TestBench['addAccount']>>;

const permanent = (campaignId: string): CreateCodeInput => ({
  campaignId,
  label: 'Counter',
  kind: 'permanent',
});

function ledgerOf(accountId: string) {
  return bench.db.permanentLedger.findUniqueOrThrow({ where: { accountId } });
}

function countOf(accountId: string, status: 'reserved' | 'issued' | 'failed') {
  return bench.db.code.count({ where: { accountId, status } });
}

async function untilIssued(accountId: string, count: number): Promise<void> {
  const giveUpAt = Date.now() + 25_000;
  while ((await countOf(accountId, 'issued')) < count) {
    if (Date.now() > giveUpAt)
      throw new Error(`only ${await countOf(accountId, 'issued')} of ${count} issued`);
    await sleep(50);
  }
}

async function claimOf(codeId: string) {
  const claim = await bench.db.$transaction((tx) => claimCode(tx, codeId));
  if (!claim) throw new Error('could not be claimed');
  return claim;
}

function endLease(codeId: string) {
  return bench.db.$executeRaw`
    UPDATE codes SET lease_until = now() - interval '1 second', next_attempt_at = now() WHERE id = ${codeId}::uuid`;
}

/** A context whose WeChat answers every new code like this. */
function answering(createCodeOfClient: WeChatClient['createCode']): Context {
  const client = { createCode: createCodeOfClient } as WeChatClient;
  return { ...bench.system, wechat: { clientFor: async () => client, forget: () => undefined } };
}

const refusal = (fields: Partial<ConstructorParameters<typeof WeChatError>[1]>) => async () => {
  const path = '/cgi-bin/qrcode/create';
  throw new WeChatError('said so', {
    kind: 'api',
    path,
    retry: 'no',
    remedy: 'checkScene',
    maybeDone: false,
    ...fields,
  });
};
const definite = refusal({ errcode: 40053, errmsg: 'invalid action info', rid: '6a-6b-6c' });
const lost = refusal({ kind: 'timeout', retry: 'later', remedy: 'tryAgain', maybeDone: true });

async function codeOf(action: Promise<unknown>) {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error('not refused as it should be', { cause: error });
  return error.code;
}

describe('the queue', () => {
  it('issues every code although calls fail in six ways, and spends no slot twice', async () => {
    const account = await bench.addAccount();
    await queueCodes(bench.db, account, { permanent: 60, temporary: 20 });
    for (const [seed, kind] of ['busy', 'reset', 'lostReply', 'badJson', 'tokenExpired', 'slow'].entries()) {
      await bench.fault({ kind, rate: 0.03, seed: seed + 1, delayMs: 200 });
    }
    const workers = [1, 2].map(() => startIssueWorker(async () => bench.system));
    try {
      await untilIssued(account.accountId, 80);
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
    expect(await ledgerOf(account.accountId)).toMatchObject({ issued: 60, reserved: 0 });
    expect(await bench.stateOf(account.appId)).toMatchObject({ permanentInt: 60, permanentStr: 0 });
    const urls = await bench.db.code.findMany({
      where: { accountId: account.accountId },
      select: { url: true },
    });
    expect(new Set(urls.map(({ url }) => url)).size).toBe(80);
    expect(await countOf(account.accountId, 'failed')).toBe(0);
  });

  it('takes over what a dead process had claimed, once its lease has ended', async () => {
    const account = await bench.addAccount();
    const [queued] = await queueCodes(bench.db, account, { permanent: 1 });
    const [left] = await claimCodes(bench.system, account.accountId, ['permanent'], 5);
    expect(left).toMatchObject({ id: queued?.id, isFirstSending: true, attempts: 1 });
    expect(await claimCodes(bench.system, account.accountId, ['permanent'], 5)).toEqual([]);
    await endLease(queued?.id ?? '');
    const worker = startIssueWorker(async () => bench.system);
    await untilIssued(account.accountId, 1);
    await worker.stop();
  });

  it('lets a late writer change nothing, neither code nor slot', async () => {
    const account = await bench.addAccount();
    const [queued] = await queueCodes(bench.db, account, { permanent: 1 });
    const id = queued?.id ?? '';
    const late = await claimOf(id);
    await endLease(id);
    const heir = await claimOf(id);
    expect(heir.isFirstSending).toBe(false);
    const lateAnswer = await askWeChat(answering(definite), late);
    expect(lateAnswer.isUnseen).toBe(true);
    expect(await recordAnswers(bench.system, account.accountId, [lateAnswer])).toEqual(new Set());
    expect(await getCode(bench.system, account.accountId, id)).toMatchObject({
      status: 'reserved',
      canDiscard: false,
    });
    await issueCode(bench.system, heir);
    const issued = await getCode(bench.system, account.accountId, id);
    expect(issued.status).toBe('issued');
    await issueCode(bench.system, late);
    expect(await getCode(bench.system, account.accountId, id)).toEqual(issued);
    expect(await ledgerOf(account.accountId)).toMatchObject({ issued: 1, reserved: 0 });
  });

  it('gives back what it claimed and did not ask for: the slot unseen, the code due', async () => {
    const account = await bench.addAccount();
    const [queued] = await queueCodes(bench.db, account, { permanent: 1 });
    const claims = await claimCodes(bench.system, account.accountId, ['permanent'], 1);
    await recordAnswers(bench.system, account.accountId, claims.map(giveBack));
    expect(await getCode(bench.system, account.accountId, queued?.id ?? '')).toMatchObject({
      canDiscard: true,
      error: null,
    });
    expect(await claimCodes(bench.system, account.accountId, ['permanent'], 1)).toMatchObject([
      { attempts: 1, isFirstSending: true },
    ]);
  });
});

describe('what came of a call', () => {
  async function queueOne(account: Account) {
    const [queued] = await queueCodes(bench.db, account, { permanent: 1 });
    return queued?.id ?? '';
  }

  it('a definite refusal of a slot that WeChat cannot have seen: failed, and the slot can return', async () => {
    const account = await bench.addAccount();
    const id = await queueOne(account);
    await issueCode(answering(definite), await claimOf(id));
    expect(await getCode(bench.system, account.accountId, id)).toMatchObject({
      status: 'failed',
      canDiscard: true,
      nextAttemptAt: null,
      error: { kind: 'api', errcode: 40053, errmsg: 'invalid action info', rid: '6a-6b-6c' },
    });
    expect(await codeOf(archiveCode(bench.system, account.accountId, id))).toBe('CODE_NOT_ISSUED');
    await discardCode(bench.as('marketer'), account.accountId, id);
    expect(await codeOf(getCode(bench.system, account.accountId, id))).toBe('NOT_FOUND');
    expect(await ledgerOf(account.accountId)).toMatchObject({ issued: 0, reserved: 0 });
    expect(await bench.db.freeRange.findMany({ where: { accountId: account.accountId } })).toMatchObject([
      { fromId: 1, toId: 100_000 },
    ]);
  });

  it('a refusal after a lost answer: the slot stays spent, whatever is said now', async () => {
    const account = await bench.addAccount();
    const id = await queueOne(account);
    await issueCode(answering(lost), await claimOf(id));
    const waiting = await getCode(bench.system, account.accountId, id);
    expect(waiting).toMatchObject({ status: 'reserved', canDiscard: false, error: { kind: 'timeout' } });
    expect(Date.parse(waiting.nextAttemptAt ?? '')).toBeGreaterThan(Date.now() - 5_000);
    await issueCode(answering(definite), await claimOf(id));
    expect(await getCode(bench.system, account.accountId, id)).toMatchObject({
      status: 'failed',
      canDiscard: false,
    });
    expect(await codeOf(discardCode(bench.system, account.accountId, id))).toBe('CONFLICT');
    expect(await ledgerOf(account.accountId)).toMatchObject({ reserved: 1 });

    const archived = await archiveCode(bench.system, account.accountId, id);
    expect(archived.status).toBe('archived');
    expect(await codeOf(retryCode(bench.system, account.accountId, id))).toBe('CONFLICT');
    await unarchiveCode(bench.system, account.accountId, id);
    expect((await retryCode(bench.system, account.accountId, id)).status).toBe('issued');
    expect(await ledgerOf(account.accountId)).toMatchObject({ issued: 1, reserved: 0, archived: 0 });
  });

  it('waits 1, 2, 4 … 300 seconds after each failure in a row', async () => {
    const account = await bench.addAccount();
    const claim = await claimOf(await queueOne(account));
    const delays = await Promise.all(
      [1, 2, 3, 9, 10, 50].map(async (attempts) => {
        return (await askWeChat(answering(lost), { ...claim, attempts })).row.delaySeconds;
      }),
    );
    expect(delays).toEqual([1, 2, 4, 256, 300, 300]);
  });

  it('is asked again from the form: a lost reply comes back with the same scene', async () => {
    const { accountId, campaignId, appId } = await bench.addAccount();
    await bench.fault({ kind: 'lostReply', rate: 1, times: 1 });
    const reserved = await createCode(bench.as('marketer'), accountId, permanent(campaignId));
    expect(reserved).toMatchObject({ status: 'reserved', scene: { id: 1 }, canDiscard: false });
    expect((await bench.stateOf(appId)).permanentInt).toBe(1);
    expect(await retryCode(bench.as('marketer'), accountId, reserved.id)).toMatchObject({
      status: 'issued',
      scene: { id: 1 },
    });
    expect((await bench.stateOf(appId)).permanentInt).toBe(1);
  });
});

describe('an account that WeChat refuses', () => {
  it('45009: what is made waits for the next day of UTC+8, and is issued then by itself', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    await bench.fault({ kind: 'dayLimit', rate: 1 });
    const first = await createCode(bench.system, accountId, permanent(campaignId));
    expect(first).toMatchObject({ status: 'reserved', canDiscard: true, error: { errcode: 45009 } });
    await bench.noFaults();
    const second = await createCode(bench.system, accountId, permanent(campaignId));
    expect(second).toMatchObject({ status: 'reserved', canDiscard: true, error: null });
    const { stoppedUntil } = await bench.db.officialAccount.findUniqueOrThrow({ where: { id: accountId } });
    expect(stoppedUntil?.toISOString()).toMatch(/T16:00:00\.000Z$/);

    await bench.db
      .$executeRaw`UPDATE official_accounts SET stopped_until = now() WHERE id = ${accountId}::uuid`;
    const worker = startIssueWorker(async () => bench.system);
    await untilIssued(accountId, 2);
    await worker.stop();
  });

  it('48001: the code waits with its reason, and no more are made until a person has mended it', async () => {
    const { accountId, campaignId } = await bench.addAccount({ wechat: { verified: false } });
    const code = await createCode(bench.system, accountId, permanent(campaignId));
    expect(code).toMatchObject({ status: 'reserved', error: { errcode: 48001 }, canDiscard: true });
    expect(await codeOf(createCode(bench.system, accountId, permanent(campaignId)))).toBe('ACCOUNT_STOPPED');
    expect(await codeOf(retryCode(bench.system, accountId, code.id))).toBe('ACCOUNT_STOPPED');
    expect(await ledgerOf(accountId)).toMatchObject({ reserved: 1 });
  });

  it('45029: permanent codes stop, temporary ones go on, in the form and in the queue', async () => {
    const account = await bench.addAccount({ wechat: { permanentCap: 1 } });
    await queueCodes(bench.db, account, { permanent: 3, temporary: 3 });
    const worker = startIssueWorker(async () => bench.system);
    await untilIssued(account.accountId, 4);
    await worker.stop();
    expect(await ledgerOf(account.accountId)).toMatchObject({ issued: 1, reserved: 2 });
    expect((await bench.stateOf(account.appId)).permanentInt).toBe(1);
    const { accountId, campaignId } = account;
    expect(await codeOf(createCode(bench.system, accountId, permanent(campaignId)))).toBe('ACCOUNT_STOPPED');
    const temporary = await createCode(bench.system, accountId, {
      campaignId,
      label: 'x',
      kind: 'temporary',
    });
    expect(temporary.status).toBe('issued');
  });
});
