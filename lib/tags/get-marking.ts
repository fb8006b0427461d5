import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { countWaiting, findFailures, findHold } from './task-store';
import type { MarkingDto } from './types';

const toldFailures = 100;

/** How the marking of followers goes: who waits, who could not be marked and why, and whether WeChat takes tags at all. */
export async function getMarking(ctx: Context, accountId: string): Promise<MarkingDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const now = ctx.clock.now();
  const [hold, waiting, failures] = await Promise.all([
    findHold(ctx.db, accountId),
    countWaiting(ctx.db, accountId),
    findFailures(ctx.db, accountId, toldFailures),
  ]);
  const isHeld = hold !== null && (hold.until === null || hold.until > now);
  return {
    hold: isHeld
      ? {
          ...{ errcode: hold.code, errmsg: hold.message, rid: hold.rid },
          ...{ at: hold.heldAt.toISOString(), until: hold.until?.toISOString() ?? null },
        }
      : null,
    waiting: Object.fromEntries(waiting.map(({ tagId, count }) => [tagId, count])),
    failures: failures.map(({ tagId, tagName, followers, kind, errcode, errmsg, rid, at }) => ({
      ...{ tagId, tagName, followers },
      error: { kind: kind ?? 'unexpected', errcode, errmsg, rid, at: (at ?? now).toISOString() },
    })),
  };
}
