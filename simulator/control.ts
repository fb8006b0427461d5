import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isObject } from './call';
import { BadRequest } from './errors';
import { type Faults, faultInput } from './faults';
import type { Pusher } from './push';
import {
  follow,
  followInput,
  message,
  messageInput,
  scan,
  scanInput,
  searchCodes,
  unfollow,
  unfollowInput,
} from './scans';
import { mergeSettings, parse } from './settings';
import type { Account, World } from './world';

export type Bench = { world: World; faults: Faults; pusher: Pusher };

type Handler = (bench: Bench, input: unknown, query: URLSearchParams) => unknown;

/** What steers the stand-in: `METHOD /_sim/…` → its work. Nothing of this exists on the real platform. */
const handlers: Record<string, Handler> = {
  'GET /_sim/state': ({ world, faults }) => ({
    accounts: Object.fromEntries([...world.accounts].map(([appId, account]) => [appId, stateOf(account)])),
    faults: faults.injected(),
  }),
  'GET /_sim/accounts': ({ world }) => ({ items: [...world.accounts.values()].map(publicSettings) }),
  'POST /_sim/accounts': ({ world }, input) => {
    const appId = isObject(input) && typeof input.appId === 'string' ? input.appId : '';
    const existing = world.accounts.get(appId)?.settings;
    const settings = mergeSettings(input, existing);
    // Repeating a registration must not grow the journal at every start of the app.
    if (!isDeepStrictEqual(existing, settings)) world.record({ type: 'account', settings });
    return publicSettings(world.account(settings.appId));
  },
  'POST /_sim/faults': ({ faults }, input) => {
    faults.add(parse(faultInput, input));
    return {};
  },
  'DELETE /_sim/faults': ({ faults }) => {
    faults.clear();
    return {};
  },
  'POST /_sim/scan': ({ world, pusher }, input) => scan(world, pusher, parse(scanInput, input)),
  'POST /_sim/follow': ({ world, pusher }, input) => follow(world, pusher, parse(followInput, input)),
  'POST /_sim/unfollow': ({ world, pusher }, input) => unfollow(world, pusher, parse(unfollowInput, input)),
  'POST /_sim/message': ({ world, pusher }, input) => message(world, pusher, parse(messageInput, input)),
  'POST /_sim/verify': ({ world, pusher }, input) =>
    pusher.verify(world.account(parse(z.strictObject({ appId: z.string() }), input).appId)),
  'POST /_sim/redeliver': ({ pusher }, input) => pusher.redeliver(parse(redeliverInput, input)),
  'GET /_sim/deliveries': ({ pusher }, _, query) => {
    const { appId, after, limit } = parse(pageInput, Object.fromEntries(query));
    const slice = pusher.log.slice(after, after + limit);
    const items = appId ? slice.filter((item) => item.appId === appId) : slice;
    const last = slice.at(-1)?.seq;
    return { items, next: last !== undefined && last < pusher.log.length ? last : null };
  },
  'GET /_sim/codes': ({ world }, _, query) => {
    const { appId, q, kind, offset, limit } = parse(codesInput, Object.fromEntries(query));
    return searchCodes(world.account(appId), { q, kind, offset, limit });
  },
  'GET /_sim/followers': ({ world }, _, query) => {
    const { appId, after, limit } = parse(pageInput.required({ appId: true }), Object.fromEntries(query));
    const all = [...world.account(appId).people.values()];
    const items = all.slice(after, after + limit).map((person) => ({ ...person, tags: [...person.tags] }));
    return { items, next: after + limit < all.length ? after + limit : null };
  },
  'POST /_sim/clock': ({ world }, input) => {
    world.advance(parse(z.strictObject({ advanceSeconds: z.number().min(0) }), input).advanceSeconds * 1000);
    return { now: new Date(world.now()).toISOString() };
  },
  'POST /_sim/reset': ({ world, faults, pusher }) => {
    world.reset();
    faults.reset();
    pusher.log.length = 0;
    return {};
  },
};

const limit = z.coerce.number().int().min(1).max(10_000).default(1_000);
const pageInput = z.object({
  appId: z.string().optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit,
});
const codesInput = z.object({
  appId: z.string(),
  q: z.string().default(''),
  kind: z.enum(['all', 'permanent', 'temporary']).default('all'),
  offset: z.coerce.number().int().min(0).default(0),
  limit,
});
const redeliverInput = z.strictObject({
  which: z.enum(['failed', 'all']).default('failed'),
  seed: z.number().int().default(1),
  concurrency: z.number().int().min(1).max(256).default(8),
  deliveries: z.number().int().min(1).max(10).default(1),
});

/** Answers one request to `/_sim/…`; BadRequest when it makes no sense. */
export async function answerControl(
  bench: Bench,
  request: { method: string; path: string; query: URLSearchParams; body: Buffer },
): Promise<unknown> {
  const handler = handlers[`${request.method} ${request.path}`];
  if (!handler) throw new BadRequest(404, `${request.method} ${request.path} is not known here.`);
  let input: unknown = {};
  if (request.body.length > 0) {
    try {
      input = JSON.parse(request.body.toString('utf8'));
    } catch {
      throw new BadRequest(400, 'The body is not JSON.');
    }
  }
  return handler(bench, input, request.query);
}

function stateOf(account: Account) {
  return {
    permanentInt: account.distinct.int,
    permanentStr: account.distinct.str,
    temporary: account.temporaryCount,
    calls: Object.fromEntries(account.calls),
    refused: account.refused,
    pushesDelivered: account.pushesDelivered,
    pushesFailed: account.pushesFailed,
    followers: [...account.people.values()].filter((person) => person.following).length,
  };
}

/** Secrets stay here: a settings answer shows only that they are there. */
function publicSettings({ settings }: Account) {
  const { secret: _, pushToken, encodingAesKey, ...open } = settings;
  return { ...open, hasPushToken: pushToken !== '', hasEncodingAesKey: encodingAesKey !== null };
}
