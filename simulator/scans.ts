import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isExpired } from './codes';
import { BadRequest } from './errors';
import type { Scene } from './facts';
import type { Logged, Pusher, Repeat } from './push';
import { QR_URL_PREFIX, writeTicket } from './ticket';
import { type Account, type Code, isPermanent, sceneKey, type World } from './world';

const openid = z.string().min(1).max(64);
const repeat = {
  deliveries: z.number().int().min(1).max(100).default(1),
  concurrent: z.boolean().default(false),
};
const FOREIGN_SINCE = 1_500_000_000;
const createTime = z.number().int().min(0).max(4_294_967_295).optional();

export const scanInput = z.strictObject({
  ticket: z.string().optional(),
  /** What a phone reads out of a printed picture. */
  url: z.string().optional(),
  sceneOf: z.strictObject({ appId: z.string(), scene: z.union([z.number(), z.string()]) }).optional(),
  openid,
  /** So many scans, a second apart. */
  times: z.number().int().min(1).max(10_000).default(1),
  createTime,
  ...repeat,
  /** Leaves the ticket out, as has been seen. */
  dropTicket: z.boolean().default(false),
  /** Leaves scene and ticket out, though user/info knows the scene: this too has been seen. */
  blankEventKey: z.boolean().default(false),
  /** Spells SCAN as `scan`. */
  lowerCase: z.boolean().default(false),
  /** A person who looks and does not follow: nothing is pushed. */
  follow: z.boolean().default(true),
});

export const followInput = z.strictObject({
  appId: z.string(),
  openid,
  createTime,
  /** A follow after paying carries `last_trade_no_…`. */
  eventKey: z.string().optional(),
  ...repeat,
});
export const unfollowInput = z.strictObject({ appId: z.string(), openid, createTime, ...repeat });
export const messageInput = z.strictObject({
  appId: z.string(),
  openid,
  content: z.string().min(1),
  createTime,
  ...repeat,
});

/** How the app answered: the last delivery of the last event in the first fields, everything in `events`. */
export type Outcome = {
  pushed: boolean;
  reason?: 'expired' | 'didNotFollow';
  event?: string;
  eventKey?: string;
  createTime?: number;
  delivered?: boolean;
  status?: number;
  body?: string;
  ms?: number;
  attempts?: number;
  error?: string;
  userSees?: Logged['deliveries'][number]['userSees'];
  events: Logged[];
};

type Scanned = { account: Account; scene: Scene; ticket: string; code: Code | undefined };

/** A person scans a code: `subscribe` with the scene when they did not follow, `SCAN` when they did. */
export async function scan(world: World, pusher: Pusher, input: z.infer<typeof scanInput>): Promise<Outcome> {
  const { account, scene, ticket, code } = findScanned(world, input);
  if (code && isExpired(world, code)) return { pushed: false, reason: 'expired', events: [] };
  const events: Logged[] = [];
  for (let i = 0; i < input.times; i += 1) {
    const at = momentOf(world, account, input.openid, input.createTime, i);
    const person = account.people.get(input.openid);
    const isNew = !person?.following;
    if (isNew && !input.follow) return { pushed: false, reason: 'didNotFollow', events };
    if (isNew) {
      const { appId } = account.settings;
      world.record({ type: 'follow', appId, openid: input.openid, at, source: 'qr', scene });
    } else {
      person.lastEventAt = Math.max(person.lastEventAt, at);
    }
    const event = {
      openid: input.openid,
      createTime: at,
      msgType: 'event',
      event: isNew ? 'subscribe' : input.lowerCase ? 'scan' : 'SCAN',
      eventKey: input.blankEventKey ? '' : `${isNew ? 'qrscene_' : ''}${scene}`,
      ticket: input.blankEventKey || input.dropTicket ? undefined : ticket,
    };
    events.push(await pusher.emit(account, event, input));
  }
  return summarise(events);
}

function findScanned(world: World, { ticket, url, sceneOf }: z.infer<typeof scanInput>): Scanned {
  if (sceneOf) {
    const account = world.account(sceneOf.appId);
    const code = codeOfScene(account, sceneOf.scene);
    if (code) return { account, scene: code.scene, ticket: code.ticket, code };
    return { account, scene: sceneOf.scene, ticket: foreignTicket(sceneOf), code: undefined };
  }
  const code = ticket ? world.byTicket.get(ticket) : world.byUrl.get(url ?? '');
  if (!code)
    throw new BadRequest(404, 'No such code: give the ticket, the url or sceneOf of one that was issued.');
  return { account: world.account(code.appId), scene: code.scene, ticket: ticket ?? code.ticket, code };
}

function codeOfScene(account: Account, scene: Scene): Code | undefined {
  const find = (key: string) => account.permanent.get(key) ?? account.temporary.get(key);
  const twin = typeof scene === 'number' ? String(scene) : /^\d+$/.test(scene) ? Number(scene) : undefined;
  return find(sceneKey(scene)) ?? (twin === undefined ? undefined : find(sceneKey(twin)));
}

/** A code that another system made at the platform long ago: not in our books, the same ticket every time. */
function foreignTicket({ appId, scene }: { appId: string; scene: Scene }): string {
  const digest = createHash('sha256')
    .update(`${appId} ${sceneKey(scene)}`)
    .digest();
  const url = `${QR_URL_PREFIX}02${digest.toString('base64url').slice(0, 20)}`;
  return writeTicket({ url, createdAt: FOREIGN_SINCE, validity: 0 }, digest);
}

/** Two things one person does by hand never fall into one second; given times are taken as they are. */
function momentOf(
  world: World,
  account: Account,
  who: string,
  given: number | undefined,
  index: number,
): number {
  if (given !== undefined) return given + index;
  const last = account.people.get(who)?.lastEventAt ?? 0;
  return Math.max(Math.floor(world.now() / 1000), last + 1);
}

/** Somebody follows without a code: found by search, or after paying. */
export async function follow(
  world: World,
  pusher: Pusher,
  input: z.infer<typeof followInput>,
): Promise<Outcome> {
  const account = world.account(input.appId);
  if (account.people.get(input.openid)?.following) {
    throw new BadRequest(400, `${input.openid} follows ${input.appId} already.`);
  }
  const at = momentOf(world, account, input.openid, input.createTime, 0);
  const source = input.eventKey?.startsWith('last_trade_no_') ? 'pay' : 'search';
  world.record({ type: 'follow', appId: input.appId, openid: input.openid, at, source, scene: null });
  return emitOne(pusher, account, input, { event: 'subscribe', eventKey: input.eventKey ?? '', at });
}

export async function unfollow(
  world: World,
  pusher: Pusher,
  input: z.infer<typeof unfollowInput>,
): Promise<Outcome> {
  const account = world.account(input.appId);
  if (!account.people.get(input.openid)?.following) {
    throw new BadRequest(404, `${input.openid} does not follow ${input.appId}.`);
  }
  const at = momentOf(world, account, input.openid, input.createTime, 0);
  world.record({ type: 'unfollow', appId: input.appId, openid: input.openid, at });
  return emitOne(pusher, account, input, { event: 'unsubscribe', eventKey: '', at });
}

async function emitOne(
  pusher: Pusher,
  account: Account,
  input: { openid: string } & Repeat,
  { event, eventKey, at }: { event: string; eventKey: string; at: number },
): Promise<Outcome> {
  const push = { openid: input.openid, createTime: at, msgType: 'event', event, eventKey };
  return summarise([await pusher.emit(account, push, input)]);
}

/** An ordinary text message. */
export async function message(
  world: World,
  pusher: Pusher,
  input: z.infer<typeof messageInput>,
): Promise<Outcome> {
  const account = world.account(input.appId);
  const at = input.createTime ?? Math.floor(world.now() / 1000);
  const msgId = String(24_000_000_000_000_000n + BigInt(pusher.log.length));
  const push = { openid: input.openid, createTime: at, msgType: 'text', content: input.content, msgId };
  return summarise([await pusher.emit(account, push, input)]);
}

function isAcknowledged(delivery: Logged['deliveries'][number]): boolean {
  return delivery.acknowledged;
}

function summarise(events: Logged[]): Outcome {
  const last = events.at(-1);
  const delivery = last?.deliveries.at(-1);
  const attempt = delivery?.attempts.at(-1);
  return {
    pushed: delivery !== undefined,
    event: last?.event,
    eventKey: last?.eventKey,
    createTime: last?.createTime,
    delivered: delivery !== undefined && events.every((event) => event.deliveries.every(isAcknowledged)),
    status: attempt?.status ?? 0,
    body: attempt?.body ?? '',
    ms: attempt?.ms ?? 0,
    attempts: delivery?.attempts.length ?? 0,
    error: attempt?.error,
    userSees: delivery?.userSees,
    events,
  };
}

/** Latest codes first, of one account and one kind, whose scene holds `q`. */
export function searchCodes(
  account: Account,
  {
    q,
    kind,
    offset,
    limit,
  }: { q: string; kind: 'all' | 'permanent' | 'temporary'; offset: number; limit: number },
): { items: Code[]; total: number } {
  const items: Code[] = [];
  let total = 0;
  for (let i = account.codes.length - 1; i >= 0; i -= 1) {
    const code = account.codes[i] as Code;
    if (kind !== 'all' && isPermanent(code.kind) !== (kind === 'permanent')) continue;
    if (q && !String(code.scene).includes(q)) continue;
    if (total >= offset && items.length < limit) items.push(code);
    total += 1;
  }
  return { items, total };
}
