import 'server-only';
import { isAboutServer, stopFor } from '../accounts/stop-rule';
import type { Context } from '../context';
import { log } from '../log';
import { type WeChatClient, WeChatError } from '../wechat';
import type { AnswerRow, Claim } from './queue-store';
import { recordAnswers } from './record-answers';
import { toSceneDto } from './to-code-dto';

/** How long one process may keep a code to itself. A call that takes longer is overtaken and changes nothing. */
export const leaseSeconds = 30;

const longestDelaySeconds = 300;

export type Answer = {
  claim: Claim;
  row: AnswerRow;
  /** WeChat has certainly not taken the slot, nor can an earlier call have shown it. */
  isUnseen: boolean;
  /** Too many calls this minute (45011): the whole account should wait. */
  isTooFast: boolean;
  /** The refusal has stopped the account for codes of this kind. */
  isHeldBack: boolean;
  /** Neither issued nor refused: WeChat is busy, or could not be reached. */
  isTrouble: boolean;
};

const calm = { isTooFast: false, isHeldBack: false, isTrouble: false };

/** Asks WeChat for one claimed code and writes what came of it, unless the lease has been taken over. */
export async function issueCode(ctx: Context, claim: Claim): Promise<void> {
  await recordAnswers(ctx, claim.accountId, [await askWeChat(ctx, claim)]);
}

/**
 * Asks WeChat for one claimed code. Never throws, and touches no transaction.
 *
 * @param known  the account's client, where the caller has it
 */
export async function askWeChat(ctx: Context, claim: Claim, known?: WeChatClient): Promise<Answer> {
  const { id, leaseToken, kind, sceneKind, scene, expireSeconds } = claim;
  const askedAt = ctx.clock.now();
  try {
    const client = known ?? (await ctx.wechat.clientFor(claim.accountId));
    const issued = await client.createCode({
      kind,
      scene: toSceneDto(sceneKind, scene),
      ...(expireSeconds === null ? {} : { expireSeconds }),
    });
    const { ticket, url, expiresInSeconds } = issued;
    // Counted from before the call, so that a code is never shown as living when it is not.
    const expiresAt =
      expiresInSeconds === null ? null : new Date(askedAt.getTime() + expiresInSeconds * 1000).toISOString();
    const issuedAt = ctx.clock.now().toISOString();
    return {
      claim,
      row: {
        id,
        leaseToken,
        status: 'issued',
        ticket,
        url,
        issuedAt,
        expiresAt,
        delaySeconds: null,
        error: null,
        isCounted: true,
      },
      isUnseen: false,
      ...calm,
    };
  } catch (error) {
    return toAnswer(claim, error, ctx.clock.now());
  }
}

/** For a claim that will not be asked for after all: it is due again at once. */
export function giveBack(claim: Claim): Answer {
  return {
    claim,
    row: { ...blank(claim), status: 'reserved', delaySeconds: 0, isCounted: false },
    isUnseen: claim.isFirstSending,
    ...calm,
  };
}

function toAnswer(claim: Claim, error: unknown, now: Date): Answer {
  const verdict =
    error instanceof WeChatError ? judge(error, claim.attempts, now) : judgeUnforeseen(claim, error);
  return {
    claim,
    row: {
      ...blank(claim),
      status: verdict.delaySeconds === null ? 'failed' : 'reserved',
      delaySeconds: verdict.delaySeconds,
      isCounted: verdict.weather === 'calm' || verdict.weather === 'trouble',
      error: { ...toErrorFields(error), at: now.toISOString() },
    },
    isUnseen: claim.isFirstSending && !verdict.maybeDone,
    isTooFast: verdict.weather === 'tooFast',
    isHeldBack: verdict.weather === 'heldBack',
    isTrouble: verdict.weather === 'trouble',
  };
}

type Verdict = {
  /** Null: asking again would change nothing. */
  delaySeconds: number | null;
  maybeDone: boolean;
  weather: 'calm' | 'tooFast' | 'heldBack' | 'trouble';
};

function judge(error: WeChatError, attempts: number, now: Date): Verdict {
  const { retry, maybeDone } = error;
  // The refusal is about the account, not about this code, which waits until the account is resumed.
  if (stopFor(error, now)) return { delaySeconds: backOff(attempts), maybeDone, weather: 'heldBack' };
  if (retry === 'nextMinute') {
    return { delaySeconds: 61 - now.getUTCSeconds(), maybeDone, weather: 'tooFast' };
  }
  if (retry === 'no' && !isAboutServer(error)) return { delaySeconds: null, maybeDone, weather: 'calm' };
  return { delaySeconds: backOff(attempts), maybeDone, weather: 'trouble' };
}

/** Not WeChat's answer: a scene that no call can carry (RangeError), or this installation itself. */
function judgeUnforeseen(claim: Claim, error: unknown): Verdict {
  if (error instanceof RangeError) return { delaySeconds: null, maybeDone: false, weather: 'calm' };
  log().error({ err: error, codeId: claim.id }, 'a code could not be asked for');
  return { delaySeconds: backOff(claim.attempts), maybeDone: true, weather: 'trouble' };
}

/** 1, 2, 4 … 300 seconds. */
function backOff(attempts: number): number {
  return Math.min(2 ** Math.max(0, attempts - 1), longestDelaySeconds);
}

function toErrorFields(error: unknown) {
  if (!(error instanceof WeChatError)) return { kind: 'unexpected', errcode: null, message: null, rid: null };
  const { kind, errcode, errmsg, message, rid } = error;
  return { kind, errcode, message: errmsg ?? message, rid };
}

function blank({ id, leaseToken }: Claim) {
  return {
    id,
    leaseToken,
    ticket: null,
    url: null,
    issuedAt: null,
    expiresAt: null,
    error: null,
    isCounted: true,
  };
}
