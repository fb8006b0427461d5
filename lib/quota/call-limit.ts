import 'server-only';
import type { Clock, WeChatGateway } from '../context';

const createPath = '/cgi-bin/qrcode/create';
const freshMs = 5 * 60_000;
const failedMs = 60_000;

type Known = { used: number; dailyLimit: number; at: Date } | null;
type Entry = { known: Known; askAgainAt: number; running: Promise<void> | null };

const entries = new WeakMap<WeChatGateway, Map<string, Entry>>();

/**
 * Today's calls of qrcode/create as WeChat counts them, asked at most every five minutes (one after a failure).
 *
 * Waits `patienceMs` at most for an answer; the call goes on behind it and serves the next reader.
 */
export async function findCallLimit(
  wechat: WeChatGateway,
  clock: Clock,
  accountId: string,
  patienceMs: number,
): Promise<Known> {
  const ofGateway = entries.get(wechat) ?? new Map<string, Entry>();
  entries.set(wechat, ofGateway);
  const entry = ofGateway.get(accountId) ?? { known: null, askAgainAt: 0, running: null };
  ofGateway.set(accountId, entry);
  const now = clock.now().getTime();
  if (entry.running === null && now >= entry.askAgainAt) {
    entry.running = ask(wechat, clock, accountId, entry).finally(() => {
      entry.running = null;
    });
  }
  if (entry.running && patienceMs > 0) await Promise.race([entry.running, pause(patienceMs)]);
  return entry.known;
}

async function ask(wechat: WeChatGateway, clock: Clock, accountId: string, entry: Entry): Promise<void> {
  try {
    const client = await wechat.clientFor(accountId);
    const { used, dailyLimit } = await client.getCallQuota(createPath);
    entry.known = { used, dailyLimit, at: clock.now() };
    entry.askAgainAt = clock.now().getTime() + freshMs;
  } catch {
    // A limit that cannot be read hinders nobody; the gateway has noted what stops an account.
    entry.askAgainAt = clock.now().getTime() + failedMs;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
