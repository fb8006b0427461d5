import 'server-only';
import type { Context } from '../context';
import { log } from '../log';
import { claimCodes } from './claim-codes';
import { type Answer, askWeChat, giveBack, leaseSeconds } from './issue-code';
import type { Pace } from './pace';
import type { Claim } from './queue-store';
import { recordAnswers } from './record-answers';
import type { CodeKind } from './types';

/** A claim that has waited longer than this is given back: its call might outlive its lease. */
const patienceMs = (leaseSeconds * 1000) / 2;

export type LaneEnd = 'empty' | 'halted';

/**
 * Works off the due codes of one account until none is left, as many calls at a time as `pace` allows.
 *
 * Claims are taken a little ahead, so that a free place is filled at once; answers that come while others are being
 * written are written together.
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
  const waiting: { claim: Claim; claimedAt: number }[] = [];
  const asking = new Set<Promise<void>>();
  const answers: Answer[] = [];
  let writing: Promise<void> | null = null;
  let isDrained = false;
  let isFaulty = false;

  const isStopped = () => isHalted() || isFaulty || pace.pausedUntil > ctx.clock.now().getTime();

  async function write(): Promise<void> {
    while (answers.length > 0) {
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

  async function ask(claim: Claim): Promise<void> {
    const answer = await askWeChat(ctx, claim);
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
      const call: Promise<void> = ask(next.claim).finally(() => asking.delete(call));
      asking.add(call);
    }
  }

  for (;;) {
    startCalls();
    const room = 2 * pace.limit - asking.size - waiting.length;
    if (!isStopped() && !isDrained && room >= Math.ceil(pace.limit / 2)) {
      const claimedAt = performance.now();
      const claims = await claimCodes(ctx, accountId, kinds, room);
      isDrained = claims.length < room;
      waiting.push(...claims.map((claim) => ({ claim, claimedAt })));
      continue;
    }
    if (asking.size === 0 && waiting.length === 0) break;
    await Promise.race(asking);
  }
  while (writing !== null) await writing;
  return isStopped() ? 'halted' : 'empty';
}
