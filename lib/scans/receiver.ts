import 'server-only';
import { randomInt } from 'node:crypto';
import { wakeBackground } from '../background/announce';
import type { Database } from '../db/open-database';
import { idSchema } from '../field-issues';
import { log } from '../log';
import { PushRelay } from '../relays/relay-push';
import { toReplyXml } from '../replies/answer-scans';
import { startRuntime } from '../runtime';
import {
  type OpenedPush,
  openPush,
  openVerification,
  type PushQuery,
  type PushRefusal,
  sealReply,
  successReply,
} from '../wechat';
import { GroupCommit } from './group-commit';
import type { GroupStep, PushedEvent, RecordedEvent } from './group-steps';
import { toEventDigest, toPersonKey } from './person-key';
import { insertRefusal, notePushReceived, notePushVerified, notifyScans } from './push-account-store';
import { PushAccounts, type ReceivingAccount } from './push-accounts';
import { recordGroup } from './record-group';
import { groupSteps } from './steps';

/** What goes back to whoever sent a push. */
export type PushAnswer = { status: 200 | 403 | 500; body: string };

export type Receiver = {
  /** Answers WeChat's check of the address. */
  verify: (accountId: string, query: PushQuery) => Promise<PushAnswer>;
  /** Verifies, reads, records and answers one push. Never throws. */
  receive: (accountId: string, query: PushQuery, rawBody: Uint8Array | string) => Promise<PushAnswer>;
  /** After a changed token, key or mode. */
  forget: (accountId: string) => void;
};

const refused: PushAnswer = { status: 403, body: 'refused' };
const failed: PushAnswer = { status: 500, body: 'not recorded' };

/** WeChat waits five seconds; what cannot be begun well before that is told to come again. */
const patienceMs = 3_500;
const groupLimit = 256;
const maxWaiting = 4_000;
const shards = 8;

// Every route is bundled apart and shares no module state, but one process.
const holder = globalThis as { qudaoReceiver?: Promise<Receiver> };

/** After a changed token, key, mode or relay: this process goes by the new one at once, others within a second. */
export function forgetReceived(accountId: string): void {
  holder.qudaoReceiver?.then(
    (receiver) => receiver.forget(accountId),
    () => undefined,
  );
}

type Groups = { account: ReceivingAccount; commits: GroupCommit<PushedEvent, RecordedEvent> };

/** The receiver of this process. */
export function currentReceiver(): Promise<Receiver> {
  holder.qudaoReceiver ??= startRuntime().then(({ database }) => createReceiver(database, groupSteps));
  return holder.qudaoReceiver;
}

/**
 * Takes pushes: verify → read → record, in a group with what comes at the same time → answer; then what may wait.
 *
 * An embedded database has one process, so its roll-ups need no shards.
 */
export function createReceiver(
  database: Pick<Database, 'pool' | 'kind'>,
  steps: readonly GroupStep[],
): Receiver {
  const { pool } = database;
  const accounts = new PushAccounts(pool);
  const relay = new PushRelay(pool);
  const recording = {
    ...{ pool, steps, now: () => new Date() },
    shard: database.kind === 'embedded' ? 0 : randomInt(shards),
  };
  const groups = new Map<string, Groups>();
  const receivedAt = new Map<string, number>();
  const refusedAt = new Map<string, number>();

  function commitsOf(account: ReceivingAccount): GroupCommit<PushedEvent, RecordedEvent> {
    const known = groups.get(account.id);
    if (known) {
      known.account = account;
      return known.commits;
    }
    const made: Groups = {
      account,
      commits: new GroupCommit<PushedEvent, RecordedEvent>({
        ...{ limit: groupLimit, maxWaiting, patienceMs },
        commit: (group) => commit(made.account, group),
      }),
    };
    groups.set(account.id, made);
    return made.commits;
  }

  async function commit(account: ReceivingAccount, group: PushedEvent[]): Promise<RecordedEvent[]> {
    const recorded = await recordGroup(recording, account, group);
    // After the answer, and never in its way.
    setImmediate(() => void finish(account.id, recorded));
    return recorded;
  }

  async function finish(accountId: string, recorded: RecordedEvent[]): Promise<void> {
    for (const task of new Set(recorded.flatMap(({ wakes }) => wakes))) wakeBackground(task);
    for (const { name, afterCommit } of steps) {
      await afterCommit?.(accountId, recorded).catch((error: unknown) =>
        log().error({ err: error, step: name }, 'what follows a scan failed'),
      );
    }
    if (!recorded.some(({ isFirstDelivery }) => isFirstDelivery)) return;
    if (!isDue(receivedAt, accountId, 1_000)) return;
    await quietly(notifyScans(pool, accountId));
    await quietly(notePushReceived(pool, accountId));
  }

  function refuse(account: ReceivingAccount, query: PushQuery, reason: PushRefusal): PushAnswer {
    // One row in two seconds for each reason, however many come.
    if (isDue(refusedAt, `${account.id} ${reason}`, 2_000)) {
      const encrypted = readParameter(query, 'encrypt_type');
      const cameAs =
        encrypted === '' || encrypted === 'raw' ? 'plain' : reason === 'compatNotAllowed' ? 'compat' : 'safe';
      void quietly(insertRefusal(pool, account.id, reason, cameAs));
    }
    return refused;
  }

  /** Hands it on to other systems; of two replies ours goes out, sealed if the push was. */
  async function replyTo(
    account: ReceivingAccount,
    opened: OpenedPush,
    recorded: RecordedEvent | null,
    deadline: number,
  ): Promise<string | null> {
    const { event, xml } = opened;
    const { openid, accountUserName } = event;
    const own = recorded?.reply ?? null;
    const theirs = await relay.relay({
      ...{ accountId: account.id, xml, openid, accountUserName, deadline, isAnswered: own !== null },
      digest: recorded?.digest ?? digestOf(account, event),
      personKey: recorded?.personKey ?? toPersonKey(account.personSecret, openid),
      messageType: event.kind === 'message' ? event.msgType : null,
      event: event.kind === 'message' ? null : event.event,
      scene: event.kind === 'message' ? null : (event.scene?.text ?? null),
    });
    const now = new Date();
    const reply = own ? toReplyXml(own, { openid, accountUserName, createdAt: now }) : theirs;
    const { token, encodingAesKey, appId } = account.push;
    if (reply === null || !opened.encrypted || encodingAesKey === null) return reply;
    return sealReply({ token, encodingAesKey, appId }, { xml: reply, nonce: opened.nonce, now });
  }

  async function find(accountId: string): Promise<ReceivingAccount | null> {
    return idSchema.safeParse(accountId).success ? accounts.find(accountId) : null;
  }

  return {
    async verify(accountId, query) {
      const account = await find(accountId);
      if (!account) return refused;
      const opened = openVerification(account.push, query);
      if (!opened.ok) return refuse(account, query, opened.reason);
      await quietly(notePushVerified(pool, accountId));
      return { status: 200, body: opened.echo };
    },
    async receive(accountId, query, rawBody) {
      const deadline = performance.now() + patienceMs;
      try {
        const account = await find(accountId);
        if (!account) return refused;
        const opened = openPush({ account: account.push, query, rawBody });
        if (!opened.ok) return refuse(account, query, opened.reason);
        const pushed = toPushedEvent(opened);
        const recorded = pushed ? await commitsOf(account).add(pushed) : null;
        const reply = await replyTo(account, opened, recorded, deadline);
        return { status: 200, body: reply ?? successReply };
      } catch (error) {
        log().error({ err: error, accountId }, 'a push was not recorded');
        return failed;
      }
    },
    forget: (accountId) => {
      accounts.forget(accountId);
      relay.forget(accountId);
    },
  };
}

/** @returns null for messages and events that are no follow, scan or unfollow: they are accepted and not kept */
function toPushedEvent({ event }: OpenedPush): PushedEvent | null {
  if (event.kind === 'message' || event.kind === 'other') return null;
  const { kind, openid, createTime, ticket, eventKey, scene } = event;
  return {
    ...{ kind, openid, createTime, event: event.event, eventKey: eventKey ?? '' },
    ticket: kind === 'unsubscribe' ? null : ticket,
    // A scan is always of something, if only of a scene that is empty.
    scene: kind === 'unsubscribe' ? null : (scene?.text ?? (kind === 'scan' ? '' : null)),
  };
}

/** Of what is not recorded: messages by their id, other events by what tells them apart. */
function digestOf({ personSecret }: ReceivingAccount, event: OpenedPush['event']): string {
  const { openid, createTime, fields } = event;
  const name = event.kind === 'message' ? `message ${event.msgType}` : event.event;
  const key = event.kind === 'message' ? event.msgId : event.eventKey;
  return toEventDigest(personSecret, {
    ...{ openid, createTime, event: name, eventKey: key ?? fields.MsgID ?? '' },
  });
}

function readParameter(query: PushQuery, name: string): string {
  const value = query instanceof URLSearchParams ? query.get(name) : query[name];
  return typeof value === 'string' ? value.toLowerCase() : '';
}

const maxKept = 5_000;

function isDue(last: Map<string, number>, key: string, everyMs: number): boolean {
  const now = performance.now();
  if (now - (last.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) return false;
  if (last.size >= maxKept) last.clear();
  last.set(key, now);
  return true;
}

function quietly(work: Promise<void>): Promise<void> {
  return work.catch((error: unknown) => log().warn({ err: error }, 'a note of a push was not written'));
}
