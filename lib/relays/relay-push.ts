import 'server-only';
import { wakeBackground } from '../background/announce';
import type { Database } from '../db/open-database';
import { type Sql, sqlOfConnection } from '../db/sql';
import { enqueueDeliveriesBy, logDeliveryBy } from '../deliveries/enqueue-deliveries';
import type { DeliveryOutcome, NewDelivery } from '../deliveries/types';
import { appSecret } from '../env';
import { log } from '../log';
import { excerptOf, type OutgoingResult } from '../outgoing/send-request';
import { seal, unseal } from '../secrets';
import { openReply, PushError } from '../wechat';
import { matchesRules, type RuledPush } from './matches-rules';
import { type RelayedPush, receiverOf, sendPush } from './send-push';
import { claimPush, findRelayed, findTargets, inTransaction, type RelayTarget, settlePush } from './store';

type Pool = Database['pool'];

export type ArrivedPush = RelayedPush &
  RuledPush & {
    accountId: string;
    personKey: string;
    /** The same for every delivery of this push. */
    digest: string;
    /** Our own reply goes out: the answering system gets the push as all others do. */
    isAnswered: boolean;
    /** Until when WeChat may be kept waiting, by `performance.now()`. */
    deadline: number;
  };

/** Below it asking is pointless. */
const leastMs = 200;
/** Nobody has asked the answering system for so long after claiming the push: that process has died. */
const abandonedAfterMs = 4_500;
/** After so many failures in a row WeChat is not kept waiting for the answering system for a while. */
const failuresInRow = 3;
const restMs = 30_000;
const keptMs = 1_000;

/**
 * Hands a push that has been taken on to the systems whose rules match: once, however often WeChat repeats it. The one that
 * answers is asked at once, within the deadline; the others get it through the queue.
 */
export class PushRelay {
  readonly #pool: Pool;
  readonly #kept = new Map<string, { until: number; found: Promise<RelayTarget[]> }>();
  readonly #failures = new Map<string, { count: number; restUntil: number }>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** After a changed relay. */
  forget(accountId: string): void {
    this.#kept.delete(accountId);
  }

  /**
   * @returns the clear XML of the answering system's reply; null where there is none
   * @throws the database's error: then nothing has been handed on, and WeChat is to come again
   */
  async relay(push: ArrivedPush): Promise<string | null> {
    const matched = (await this.#targets(push.accountId)).filter((target) => matchesRules(target, push));
    if (matched.length === 0) return null;
    const { accountId, digest } = push;
    const answering = push.isAnswered ? undefined : matched.find(({ answers }) => answers);
    const queued = matched.filter((target) => target !== answering);
    const isFirst = await inTransaction(this.#pool, async (connection) => {
      const sql = sqlOfConnection(connection);
      if (!(await claimPush(sql, accountId, digest))) return false;
      await enqueueDeliveriesBy(
        sql,
        queued.map((target) => toDelivery(target, push)),
      );
      if (!answering) await settlePush(sql, accountId, digest, null);
      return true;
    });
    if (isFirst && queued.length > 0) wakeBackground('deliveries');
    if (!isFirst) {
      const before = await findRelayed(this.#sql(), accountId, digest, abandonedAfterMs);
      if (before?.replySealed) return unseal(appSecret(), replyPlace(push), before.replySealed);
      if (!before?.isTaken) return null;
    }
    return answering ? this.#ask(answering, push) : null;
  }

  async #ask(target: RelayTarget, push: ArrivedPush): Promise<string | null> {
    const { outcome, reply } = await this.#exchange(target, push);
    const delivery = toDelivery(target, push);
    await inTransaction(this.#pool, async (connection) => {
      const sql = sqlOfConnection(connection);
      const sealed = reply === null ? null : seal(appSecret(), replyPlace(push), reply);
      await settlePush(sql, push.accountId, push.digest, sealed);
      if (outcome === null || (!outcome.ok && outcome.retry)) await enqueueDeliveriesBy(sql, [delivery]);
      else await logDeliveryBy(sql, delivery, outcome);
    });
    if (outcome === null || !outcome.ok) wakeBackground('deliveries');
    return reply;
  }

  /** @returns no outcome where it was not asked: it has failed too often of late, or no time is left */
  async #exchange(
    target: RelayTarget,
    push: ArrivedPush,
  ): Promise<{ outcome: DeliveryOutcome | null; reply: string | null }> {
    const timeoutMs = Math.floor(push.deadline - performance.now());
    if (timeoutMs < leastMs || this.#rests(target.id)) return { outcome: null, reply: null };
    const result = await sendSafely(target, push, timeoutMs);
    const failed = !result.ok || result.answer.status < 200 || result.answer.status > 299;
    this.#note(target.id, failed);
    if (!result.ok) {
      const { error } = result;
      return { outcome: { ok: false, status: null, error, retry: true }, reply: null };
    }
    const { status, body, isCut } = result.answer;
    const answer = excerptOf(body);
    if (failed) return { outcome: { ok: false, status, error: 'status', answer, retry: true }, reply: null };
    try {
      const reply = isCut ? null : openReply(receiverOf(target), body.toString('utf8'), push);
      return { outcome: { ok: true, status, answer }, reply };
    } catch (error) {
      if (!(error instanceof PushError)) throw error;
      log().warn({ relay: target.id, reason: error.reason }, 'the reply of another system is none');
      return { outcome: { ok: false, status, error: 'badReply', answer, retry: false }, reply: null };
    }
  }

  #rests(id: string): boolean {
    return (this.#failures.get(id)?.restUntil ?? 0) > performance.now();
  }

  #note(id: string, failed: boolean): void {
    if (!failed) {
      this.#failures.delete(id);
      return;
    }
    const count = (this.#failures.get(id)?.count ?? 0) + 1;
    const restUntil = count >= failuresInRow ? performance.now() + restMs : 0;
    this.#failures.set(id, { count, restUntil });
  }

  #targets(accountId: string): Promise<RelayTarget[]> {
    const now = performance.now();
    const known = this.#kept.get(accountId);
    if (known && known.until > now) return known.found;
    const found = findTargets(this.#sql(), accountId);
    this.#kept.set(accountId, { until: now + keptMs, found });
    found.catch(() => this.#kept.delete(accountId));
    return found;
  }

  #sql(): Sql {
    return sqlOfConnection(this.#pool);
  }
}

/** A token that does not open any more is that relay's trouble, and not WeChat's. */
async function sendSafely(
  target: RelayTarget,
  push: ArrivedPush,
  timeoutMs: number,
): Promise<OutgoingResult> {
  try {
    return await sendPush(target, push, { now: new Date(), timeoutMs });
  } catch (error) {
    log().error({ err: error, relay: target.id }, 'a push could not be written for another system');
    return { ok: false, error: 'unexpected' };
  }
}

function toDelivery(target: RelayTarget, push: ArrivedPush): NewDelivery {
  const { accountId, personKey, xml, openid, accountUserName } = push;
  const payload: RelayedPush = { xml, openid, accountUserName };
  const eventType = push.event === null ? `message.${push.messageType}` : `event.${push.event}`;
  return {
    ...{ accountId, kind: 'relay', targetId: target.id, eventType, personKey },
    payload: JSON.stringify(payload),
  };
}

const replyPlace = ({ accountId, digest }: ArrivedPush) => `relayedPush:${accountId}:${digest}`;
