import 'server-only';
import { isAboutServer, stopFor, taggingHoldFor } from '../accounts/stop-rule';
import { nextWeChatMidnight } from '../accounts/wechat-day';
import type { Context } from '../context';
import { waitSeconds } from '../deliveries/retry-rule';
import { appSecret } from '../env';
import { log } from '../log';
import { openidPlace } from '../scans/person-key';
import { unseal } from '../secrets';
import { type WeChatClient, WeChatError } from '../wechat';
import {
  type DueTag,
  dropWeChatTag,
  endTasks,
  failTag,
  failTasks,
  forgetTasks,
  keepTasks,
  keepWeChatTag,
  putOffTasks,
  type TaskClaim,
  type TaskError,
  writeHold,
} from './task-store';

/** How long one process may keep people to itself: a call that renews its token makes up to four exchanges of ten seconds. */
const leaseSeconds = 60;
/** About two days of waits that grow to six hours. */
const mostAttempts = 12;

const nameTaken = 45157;
const tagGone = 45159;
/** One of the people cannot be marked: has twenty tags already, or is none of this account. */
const aboutOnePerson: ReadonlySet<number> = new Set([45059, 40003, 49003]);
const createPath = '/cgi-bin/tags/create';

export function leaseUntil(now: Date): Date {
  return new Date(now.getTime() + leaseSeconds * 1000);
}

type MarkingTag = Pick<DueTag, 'id' | 'accountId' | 'name' | 'wechatTagId'>;
type Person = Pick<TaskClaim, 'id' | 'attempts'> & { openid: string };

/**
 * Has WeChat put a tag on up to fifty claimed followers, and writes what came of it. Outside of any transaction.
 *
 * WeChat takes a group as a whole or not at all: where one person is at fault, it is halved until that one stands alone. A
 * tag that was deleted there is made anew, once.
 *
 * @param tag  its `wechatTagId` is filled in, for the next group
 * @returns false: the next call of the account would meet the same, or trouble; it has a rest
 */
export async function markGroup(
  ctx: Context,
  tag: MarkingTag,
  claims: TaskClaim[],
  leaseToken: string,
): Promise<boolean> {
  const gone = claims.filter(({ openidSealed }) => openidSealed === null).map(({ id }) => id);
  if (gone.length > 0) await forgetTasks(ctx.db, gone, leaseToken);
  const people = claims.flatMap((claim) => openPerson(tag.accountId, claim));
  const unreadable = claims.filter(({ id }) => !gone.includes(id) && !people.some((one) => one.id === id));
  if (unreadable.length > 0) {
    const ids = unreadable.map(({ id }) => id);
    await failTasks(ctx.db, ids, leaseToken, toTaskError(null), ctx.clock.now());
  }

  const groups = people.length > 0 ? [people] : [];
  let isRemade = false;
  let isFirst = true;
  for (let group = groups.shift(); group; group = groups.shift()) {
    if (!isFirst) group = await stillHeld(ctx, group, leaseToken);
    isFirst = false;
    if (group.length === 0) continue;
    const ids = group.map(({ id }) => id);
    try {
      const client = await ctx.wechat.clientFor(tag.accountId);
      tag.wechatTagId ??= await requireWeChatTag(ctx, client, tag);
      await client.tagUsers(
        tag.wechatTagId,
        group.map(({ openid }) => openid),
      );
    } catch (error) {
      const now = ctx.clock.now();
      const verdict = judge(error, now, group.length, isRemade);
      const told = toTaskError(error);
      switch (verdict.kind) {
        case 'remake':
          isRemade = true;
          if (tag.wechatTagId !== null) await dropWeChatTag(ctx.db, tag.id, tag.wechatTagId);
          tag.wechatTagId = null;
          groups.unshift(group);
          continue;
        case 'halve': {
          const half = Math.ceil(group.length / 2);
          groups.unshift(group.slice(0, half), group.slice(half));
          continue;
        }
        case 'fail':
          await failTasks(ctx.db, ids, leaseToken, told, now);
          continue;
        case 'failTag':
          await failTag(ctx.db, tag.id, leaseToken, told, now);
          return true;
        case 'putOff': {
          const rest = [...group, ...groups.flat()];
          await putOff(ctx, rest, leaseToken, verdict, told);
          if (verdict.hold) await writeHold(ctx.db, tag.accountId, { ...verdict.hold, heldAt: now });
          return false;
        }
      }
    }
    await endTasks(ctx.db, ids, leaseToken, ctx.clock.now());
  }
  return true;
}

/** Nobody, where the openid was sealed with another APP_SECRET. */
function openPerson(accountId: string, { id, attempts, openidSealed }: TaskClaim): Person[] {
  if (openidSealed === null) return [];
  try {
    return [{ id, attempts, openid: unseal(appSecret(), openidPlace(accountId), openidSealed) }];
  } catch (error) {
    log().error({ err: error, accountId }, 'a sealed openid could not be opened');
    return [];
  }
}

/** Other calls have been made since they were claimed. */
async function stillHeld(ctx: Context, group: Person[], token: string): Promise<Person[]> {
  const ids = group.map(({ id }) => id);
  const held = await keepTasks(ctx.db, ids, { token, until: leaseUntil(ctx.clock.now()) });
  return group.filter(({ id }) => held.has(id));
}

/** @throws WeChatError  among others 45157 where the name is refused and no tag bears it; 45056: there are a hundred */
async function requireWeChatTag(ctx: Context, client: WeChatClient, tag: MarkingTag): Promise<number> {
  const id = await client.createTag(tag.name).then(
    (made) => made.id,
    async (error: unknown) => {
      if (!(error instanceof WeChatError) || error.errcode !== nameTaken) throw error;
      const namesake = (await client.listTags()).find(({ name }) => name === tag.name);
      if (!namesake) throw error;
      return namesake.id;
    },
  );
  await keepWeChatTag(ctx.db, tag, id);
  return id;
}

type Hold = NonNullable<ReturnType<typeof taggingHoldFor>>;
type PutOff = { kind: 'putOff'; isCounted: boolean; until: Date | null; hold: Hold | null };
type Verdict = { kind: 'remake' | 'halve' | 'fail' | 'failTag' } | PutOff;

function judge(error: unknown, now: Date, people: number, isRemade: boolean): Verdict {
  const putOff = (part: Partial<PutOff>): PutOff => ({
    ...{ kind: 'putOff', isCounted: false, until: now, hold: null },
    ...part,
  });
  if (!(error instanceof WeChatError)) {
    log().error({ err: error }, 'followers could not be marked');
    return putOff({ isCounted: true, until: null });
  }
  const hold = taggingHoldFor(error, now);
  if (hold) return putOff({ hold });
  // The gateway has stopped the account, which is passed over until it is resumed.
  if (stopFor(error, now)) {
    return putOff({ until: error.retry === 'nextDay' ? nextWeChatMidnight(now) : now });
  }
  const { errcode, retry, path } = error;
  if (errcode === tagGone && !isRemade) return { kind: 'remake' };
  if (errcode !== null && aboutOnePerson.has(errcode)) return { kind: people > 1 ? 'halve' : 'fail' };
  if (retry !== 'no' || isAboutServer(error)) return putOff({ isCounted: true, until: null });
  return { kind: path === createPath ? 'failTag' : 'fail' };
}

/** Those who have been put off too often have failed. */
async function putOff(
  ctx: Context,
  people: Person[],
  token: string,
  { isCounted, until }: PutOff,
  error: TaskError,
): Promise<void> {
  const now = ctx.clock.now();
  const isOver = ({ attempts }: Person) => isCounted && attempts + 1 >= mostAttempts;
  const over = people.filter(isOver);
  if (over.length > 0) {
    await failTasks(
      ctx.db,
      over.map(({ id }) => id),
      token,
      error,
      now,
    );
  }
  const tasks = people
    .filter((person) => !isOver(person))
    .map(({ id, attempts }) => ({
      id,
      at: until ?? new Date(now.getTime() + waitSeconds(attempts + 1) * 1000),
    }));
  await putOffTasks(ctx.db, tasks, token, isCounted ? error : null);
}

function toTaskError(error: unknown): TaskError {
  if (!(error instanceof WeChatError)) return { kind: 'unexpected', errcode: null, errmsg: null, rid: null };
  const { kind, errcode, errmsg, message, rid } = error;
  return { kind, errcode, errmsg: errmsg ?? message, rid };
}
