import 'server-only';
import { randomInt } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { type RemedyKey, WeChatError } from '../wechat';
import { connectionRoundSchema } from './schemas';
import { isMendedByTest } from './stop-rule';
import { clearStop, findAccountRow, isLivingScene } from './store';
import {
  type ConnectionFailureDto,
  type ConnectionRound,
  type ConnectionStep,
  type ConnectionStepDto,
  connectionRounds,
} from './types';

const createPath = '/cgi-bin/qrcode/create';
const probeSeconds = 60;

/**
 * One round of the test of a connection, so that a page can show each as it comes.
 *
 * `token`: reaches WeChat, and learns whether app id, secret and IP whitelist are right (three steps, since one call
 * answers them). A stored token of a plain source is not renewed: that would retire the one that other systems hold.
 * `privilege`: makes a temporary code of a random scene that dies in a minute; nothing permanent is spent. When it goes
 * well, a stop that it disproves is lifted. `callQuota`: today's calls of all systems.
 *
 * @throws AppError NOT_FOUND | VALIDATION_FAILED (round); what goes wrong at WeChat is an answer, not an exception
 */
export async function testConnectionRound(
  ctx: Context,
  accountId: string,
  round: ConnectionRound,
): Promise<ConnectionStepDto[]> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const which = parseInput(connectionRoundSchema, round);
  const row = await findAccountRow(ctx.db, id);
  if (!row) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
  switch (which) {
    case 'token':
      return testToken(ctx, id, row.tokenSource);
    case 'privilege':
      return [await testPrivilege(ctx, id)];
    case 'callQuota':
      return [await testCallQuota(ctx, id)];
  }
}

/** All rounds, each only if the one before it went well. */
export async function testConnection(ctx: Context, accountId: string): Promise<ConnectionStepDto[]> {
  const steps: ConnectionStepDto[] = [];
  for (const round of connectionRounds) {
    steps.push(...(await testConnectionRound(ctx, accountId, round)));
    if (steps.some(({ ok }) => ok === false)) break;
  }
  return steps;
}

function step(name: ConnectionStep, ok: boolean | null, ms: number): ConnectionStepDto {
  return { step: name, ok, failure: null, calls: null, reusedToken: false, ms };
}

function failedStep(name: ConnectionStep, error: WeChatError, ms: number): ConnectionStepDto {
  return { ...step(name, false, ms), failure: toFailure(error) };
}

async function testToken(ctx: Context, id: string, source: string): Promise<ConnectionStepDto[]> {
  const client = await ctx.wechat.clientFor(id);
  const reusedToken = source === 'plain';
  const { error, ms } = await attempt(() => client.getAccessToken({ fresh: !reusedToken }));
  if (error === null) {
    return [
      step('reach', true, ms),
      { ...step('credentials', true, ms), reusedToken },
      step('whitelist', true, ms),
    ];
  }
  const failed = failedTokenStep(error);
  return (['reach', 'credentials', 'whitelist'] as const).map((name) => {
    if (name === failed) return failedStep(name, error, ms);
    // WeChat answered, so it was reached; which of the two others it checks first is not documented.
    return step(name, name === 'reach' ? true : null, ms);
  });
}

const whitelistRemedies: ReadonlySet<RemedyKey> = new Set(['whitelistIp', 'confirmIp']);
const credentialRemedies: ReadonlySet<RemedyKey> = new Set([
  'checkAppId',
  'checkSecret',
  'unfreezeSecret',
  'accountRestricted',
  'checkTokenServerHeader',
  'tokenServerStale',
]);

function failedTokenStep(error: WeChatError): 'reach' | 'credentials' | 'whitelist' {
  if (whitelistRemedies.has(error.remedy)) return 'whitelist';
  if (error.kind === 'api' || credentialRemedies.has(error.remedy)) return 'credentials';
  return 'reach';
}

async function testPrivilege(ctx: Context, id: string): Promise<ConnectionStepDto> {
  const client = await ctx.wechat.clientFor(id);
  const sceneId = await drawFreeScene(ctx, id);
  const { error, ms } = await attempt(() =>
    client.createCode({ kind: 'temporary', scene: { id: sceneId }, expireSeconds: probeSeconds }),
  );
  if (error) return failedStep('privilege', error, ms);
  await liftDisprovedStop(ctx, id);
  return step('privilege', true, ms);
}

/** Above 100,000, where no permanent code can be, and held by no living temporary one. */
async function drawFreeScene(ctx: Context, id: string): Promise<number> {
  for (;;) {
    const sceneId = randomInt(2 ** 31, 2 ** 32);
    if (!(await isLivingScene(ctx.db, id, String(sceneId)))) return sceneId;
  }
}

async function liftDisprovedStop(ctx: Context, id: string): Promise<void> {
  const row = await findAccountRow(ctx.db, id);
  const code = row?.stoppedCode ?? null;
  if (row === null || code === null || !isMendedByTest(code)) return;
  await ctx.db.$transaction(async (tx) => {
    if (!(await clearStop(tx, id, code))) return;
    await recordAudit(ctx, tx, {
      action: 'account.resume',
      target: { kind: 'account', id, label: row.name },
      accountId: id,
      details: { errcode: code, by: 'test' },
    });
  });
}

async function testCallQuota(ctx: Context, id: string): Promise<ConnectionStepDto> {
  const client = await ctx.wechat.clientFor(id);
  const { error, value, ms } = await attempt(() => client.getCallQuota(createPath));
  if (error) return failedStep('callQuota', error, ms);
  const { dailyLimit, used } = value;
  return { ...step('callQuota', true, ms), calls: { dailyLimit, used } };
}

type Outcome<T> =
  | { error: null; value: T; ms: number }
  | { error: WeChatError; value: undefined; ms: number };

async function attempt<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  try {
    const value = await call();
    return { error: null, value, ms: elapsed() };
  } catch (error) {
    if (error instanceof WeChatError) return { error, value: undefined, ms: elapsed() };
    throw error;
  }
}

function toFailure(error: WeChatError): ConnectionFailureDto {
  const { kind, remedy, tokenServerProblem, path, httpStatus, errcode, errmsg, rid, blockedIp } = error;
  return { kind, remedy, tokenServerProblem, path, httpStatus, errcode, errmsg, rid, blockedIp };
}
