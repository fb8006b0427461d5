import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context';
import { log } from '../log';
import type { WeChatClient } from '../wechat';
import { claimCodes } from './claim-codes';
import { type Answer, askWeChat, giveBack, leaseSeconds } from './issue-code';
import type { Pace } from './pace';
import type { Claim } from './queue-store';
import { recordAnswers } from './record-answers';
import type { CodeKind } from './types';

/** A claim that has waited longer than this is given back: its call might outlive its lease. */
const patienceMs = (leaseSeconds * 1000) / 2;

/** Claims taken at a time, for each call that may be under way: a free place is filled at once, and claiming costs little. */
const claimedAhead = 6;

/** How long an answer waits for others to be written with; each group is one transaction. */
const gatherMs = 100;

export type LaneEnd = 'empty' | 'halted';

/**
 * Works off the due codes of one account until none is left, as many calls at a time as `pace` allows.
 *
 * Claims are taken a little ahead, so that a free place is filled at once; answers that come within a moment, or while
 * others are being written, are written together.
 *
 * @param isHalted  asked before each claim and each call; what is claimed and not yet asked for is given back
 */
export async function runLane(
  ctx: Context,
  accountId: string,
  kinds: readonly CodeKind[],
  pace: Pace,
  isHalted: () => boolean,
): Promise<LaneEnd> {
  const waiting: { claim: Claim; claimedAt: number; client: WeChatClient | undefined }[] = [];
  const asking = new Set<Promise<void>>();
  const answers: Answer[] = [];
  let claiming: Promise<void> | null = null;
  let writing: Promise<void> | null = null;
  let isDrained = false;
  let isFaulty = false;

  const isStopped = () => isHalted() || isFaulty || pace.pausedUntil > ctx.clock.now().getTime();

  async function write(): Promise<void> {
    while (answers.length > 0) {
      // What comes within a moment is written together; there is nothing to wait for when no call is under way.
      if (asking.size > 0 && answers.length < 2 * pace.limit) await sleep(gatherMs);
      try {
        await recordAnswers(ctx, accountId, answers.splice(0));
      } catch (error) {
        // The leases end by themselves and the codes are asked for again, with the same scenes.
        isFaulty = true;
        log().error({ err: error, accountId }, 'answers of WeChat could not be written');
      }
    }
    writing = null;
  }

  function note(answer: Answer): void {
    answers.push(answer);
    writing ??= Promise.resolve().then(write);
  }

  async function ask(claim: Claim, client: WeChatClient | undefined): Promise<void> {
    const answer = await askWeChat(ctx, claim, client);
    if (answer.row.status === 'issued') pace.succeed();
    else if (answer.isTooFast) {
      pace.meetLimit(ctx.clock.now().getTime() + (answer.row.delaySeconds ?? 0) * 1000);
    } else if (answer.isTrouble) pace.meetTrouble();
    if (answer.isHeldBack) isFaulty = true;
    note(answer);
  }

  function startCalls(): void {
    while (waiting.length > 0 && (isStopped() || asking.size < pace.limit)) {
      const next = waiting.shift();
      if (!next) return;
      if (isStopped() || performance.now() - next.claimedAt > patienceMs) {
        note(giveBack(next.claim));
        continue;
      }
      const call: Promise<void> = ask(next.claim, next.client).finally(() => asking.delete(call));
      asking.add(call);
    }
  }

  async function claimMore(count: number): Promise<void> {
    try {
      const claimedAt = performance.now();
      const claims = await claimCodes(ctx, accountId, kinds, count);
      isDrained = claims.length < count;
      // Read once for many calls; a call by itself says why there is none.
      const client = await ctx.wechat.clientFor(accountId).catch(() => undefined);
      waiting.push(...claims.map((claim) => ({ claim, claimedAt, client })));
    } catch (error) {
      isFaulty = true;
      log().error({ err: error, accountId }, 'codes could not be claimed');
    }
  }

  for (;;) {
    startCalls();
    if (claiming === null && !isStopped() && !isDrained && waiting.length < 2 * pace.limit) {
      claiming = claimMore(claimedAhead * pace.limit - waiting.length).finally(() => {
        claiming = null;
      });
    }
    const underWay = claiming === null ? [...asking] : [claiming, ...asking];
    if (underWay.length === 0) break;
    await Promise.race(underWay);
  }
  while (writing !== null) await writing;
  return isStopped() ? 'halted' : 'empty';
}
