import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { mulberry32 } from './faults';
import { judgeAnswer, type UserSees } from './push-answer';
import { type PushEvent, writePush, writeVerification } from './push-body';
import type { Account, World } from './world';

const ATTEMPTS = 3;
const MAX_ANSWER_BYTES = 65_536;
const KEPT_ANSWER = 2_000;

/** One HTTP request to the push address. `status` is 0 when no answer came. */
export type Attempt = { at: number; ms: number; status: number; body: string; error?: string };

/** One delivery: up to three attempts, until the app answers 200. */
export type Delivery = { acknowledged: boolean; attempts: Attempt[]; userSees: UserSees };

/** One event with everything that was tried to tell it; `seq` counts from 1. */
export type Logged = PushEvent & { seq: number; appId: string; deliveries: Delivery[] };

export type Repeat = { deliveries: number; concurrent: boolean };

/** Tells events to the apps' push addresses as the platform does, and keeps the log of it. */
export class Pusher {
  readonly log: Logged[] = [];
  private readonly agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };
  private stopped = false;

  constructor(private readonly world: World) {}

  /** Logs an event and delivers it, `deliveries` times over as if the answers had been lost on the way back. */
  async emit(account: Account, event: PushEvent, repeat: Repeat): Promise<Logged> {
    const { appId } = account.settings;
    const logged = { seq: this.log.length + 1, appId, ...event, deliveries: [] };
    this.log.push(logged);
    await this.deliver(account, logged, repeat);
    return logged;
  }

  /**
   * Delivers events of the log again, in an order drawn from `seed`: those that were never acknowledged, or all.
   * Answers how many there were and how many have still not been acknowledged.
   */
  async redeliver(options: {
    which: 'failed' | 'all';
    seed: number;
    concurrency: number;
    deliveries: number;
  }): Promise<{ events: number; failed: number }> {
    const isMeant = (item: Logged) => options.which === 'all' || !wasAcknowledged(item);
    const queue = shuffle(this.log.filter(isMeant), mulberry32(options.seed));
    const events = queue.length;
    let failed = 0;
    const work = async () => {
      for (let item = queue.pop(); item && !this.stopped; item = queue.pop()) {
        const account = this.world.accounts.get(item.appId);
        if (account) await this.deliver(account, item, { deliveries: options.deliveries, concurrent: false });
        if (!wasAcknowledged(item)) failed += 1;
      }
    };
    await Promise.all(Array.from({ length: options.concurrency }, work));
    return { events, failed };
  }

  /** The GET with which the platform verifies the push address. */
  async verify(
    account: Account,
  ): Promise<{ verified: boolean; status: number; body: string; error?: string }> {
    const { pushUrl, pushToken, pushTimeoutMs } = account.settings;
    if (!pushUrl) return { verified: false, status: 0, body: '', error: 'no push address is set' };
    const query = writeVerification(pushToken, Math.floor(this.world.now() / 1000));
    const { status, body, error } = await this.request(pushUrl, query, undefined, pushTimeoutMs);
    return { verified: status === 200 && body === query.get('echostr'), status, body, error };
  }

  stop(): void {
    this.stopped = true;
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  private async deliver(account: Account, logged: Logged, { deliveries, concurrent }: Repeat): Promise<void> {
    if (!account.settings.pushUrl) return;
    const one = async () => {
      const delivery = await this.deliverOnce(account, logged);
      logged.deliveries.push(delivery);
      if (delivery.acknowledged) account.pushesDelivered += 1;
      else account.pushesFailed += 1;
    };
    if (concurrent) await Promise.all(Array.from({ length: deliveries }, one));
    else for (let i = 0; i < deliveries; i += 1) await one();
  }

  private async deliverOnce(account: Account, event: PushEvent): Promise<Delivery> {
    const { pushUrl, pushTimeoutMs, pushRetryMs } = account.settings;
    const attempts: Attempt[] = [];
    let why = '';
    for (let i = 0; pushUrl && i < ATTEMPTS && !this.stopped; i += 1) {
      if (i > 0) await sleep(pushRetryMs);
      const { query, body } = writePush(account.settings, event, Math.floor(this.world.now() / 1000));
      const attempt = await this.request(pushUrl, query, body, pushTimeoutMs);
      attempts.push({ ...attempt, body: attempt.body.slice(0, KEPT_ANSWER) });
      if (attempt.status === 200) {
        const nonce = query.get('nonce') ?? '';
        const userSees = judgeAnswer(account.settings, event.openid, nonce, attempt.body);
        return { acknowledged: userSees.kind !== 'serviceUnavailable', attempts, userSees };
      }
      why = attempt.error ?? `status ${attempt.status}`;
    }
    return { acknowledged: false, attempts, userSees: { kind: 'serviceUnavailable', why } };
  }

  private request(
    address: string,
    query: URLSearchParams,
    body: string | undefined,
    timeoutMs: number,
  ): Promise<Attempt> {
    const url = new URL(address);
    for (const [name, value] of query) url.searchParams.append(name, value);
    const secure = url.protocol === 'https:';
    const at = this.world.now();
    const started = performance.now();
    return new Promise((resolve) => {
      const finish = (outcome: { status: number; body: string; error?: string }) => {
        clearTimeout(timer);
        resolve({ at, ms: Math.round(performance.now() - started), ...outcome });
      };
      const headers =
        body === undefined
          ? { Accept: '*/*' }
          : { Accept: '*/*', 'Content-Type': 'text/xml', 'Content-Length': Buffer.byteLength(body) };
      const request = (secure ? https : http).request(url, {
        method: body === undefined ? 'GET' : 'POST',
        agent: this.agents[secure ? 'https:' : 'http:'],
        headers: { 'User-Agent': 'Mozilla/4.0', ...headers },
      });
      const timer = setTimeout(
        () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)),
        timeoutMs,
      );
      request.on('error', (error) =>
        finish({ status: 0, body: '', error: error.message || 'connection failed' }),
      );
      request.on('response', (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          answer += chunk;
          if (answer.length > MAX_ANSWER_BYTES) request.destroy(new Error('the answer is too long'));
        });
        response.on('error', (error) => finish({ status: 0, body: '', error: error.message }));
        response.on('end', () => finish({ status: response.statusCode ?? 0, body: answer }));
      });
      request.end(body);
    });
  }
}

function wasAcknowledged(item: Logged): boolean {
  return item.deliveries.some((delivery) => delivery.acknowledged);
}

function shuffle<T>(items: T[], random: () => number): T[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const held = items[i] as T;
    items[i] = items[j] as T;
    items[j] = held;
  }
  return items;
}
