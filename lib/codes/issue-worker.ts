import 'server-only';
import { holdsBack } from '../accounts/stop-rule';
import type { Context } from '../context';
import { log } from '../log';
import { runLane } from './issue-lane';
import { createPace, type Pace } from './pace';
import { findWaitingAccounts, type WaitingAccount } from './queue-store';
import { type CodeKind, codeKinds } from './types';

const longestSleepMs = 5_000;
const shortestSleepMs = 50;

export type IssueWorkerOptions = {
  /** Calls at a time for one account, at most and to begin with. */
  mostCalls?: number;
  firstCalls?: number;
};

export type IssueWorker = {
  wake: () => void;
  /** Waits for calls that are under way; what was claimed beyond them is given back. */
  stop: () => Promise<void>;
};

// Instrumentation and routes are bundled apart and share no module state, but one process.
const holder = globalThis as { qudaoIssueWorker?: IssueWorker };

/** Tells this process's worker that there is something to do; does nothing where none runs. */
export function wakeIssueWorker(): void {
  holder.qudaoIssueWorker?.wake();
}

/**
 * Works off the queue of codes to be issued, for all accounts, until it is stopped. One a process; any number of
 * processes may work on one database.
 *
 * It looks when it is woken, when the next code is due, and every five seconds for what other processes have left.
 */
export function startIssueWorker(
  createContext: () => Promise<Context>,
  { mostCalls = 16, firstCalls = 8 }: IssueWorkerOptions = {},
): IssueWorker {
  const lanes = new Map<string, Promise<void>>();
  const paces = new Map<string, Pace>();
  let isStopping = false;
  let isWoken = false;
  let endSleep: () => void = () => undefined;

  function paceOf(accountId: string): Pace {
    const pace = paces.get(accountId) ?? createPace({ start: firstCalls, most: mostCalls });
    paces.set(accountId, pace);
    return pace;
  }

  function openLane(ctx: Context, accountId: string, kinds: CodeKind[]): void {
    const lane = runLane(ctx, accountId, kinds, paceOf(accountId), () => isStopping)
      .then(
        () => undefined,
        (error: unknown) => log().error({ err: error, accountId }, 'issuing was interrupted'),
      )
      .finally(() => {
        lanes.delete(accountId);
        worker.wake();
      });
    lanes.set(accountId, lane);
  }

  /** @returns how long nothing will be due */
  async function look(ctx: Context): Promise<number> {
    let sleepMs = longestSleepMs;
    for (const account of await findWaitingAccounts(ctx.db)) {
      if (lanes.has(account.accountId)) continue;
      const now = ctx.clock.now();
      const pauseMs = paceOf(account.accountId).pausedUntil - now.getTime();
      const waits = waitsOf(account, now);
      const dueMs = Math.max(pauseMs, Math.min(...waits.map(({ ms }) => ms)));
      if (waits.length === 0) continue;
      if (dueMs <= 0) {
        openLane(
          ctx,
          account.accountId,
          waits.map(({ kind }) => kind),
        );
      } else sleepMs = Math.min(sleepMs, dueMs);
    }
    return sleepMs;
  }

  function sleep(ms: number): Promise<void> {
    if (isWoken || isStopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(shortestSleepMs, ms));
      endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      isWoken = false;
      const sleepMs = await createContext()
        .then(look)
        .catch((error: unknown) => {
          log().error({ err: error }, 'the queue of codes could not be read');
          return longestSleepMs;
        });
      await sleep(sleepMs);
    }
    while (lanes.size > 0) await Promise.all(lanes.values());
  }

  const running = run();
  const worker: IssueWorker = {
    wake() {
      isWoken = true;
      endSleep();
    },
    async stop() {
      isStopping = true;
      endSleep();
      if (holder.qudaoIssueWorker === worker) delete holder.qudaoIssueWorker;
      await running;
    },
  };
  holder.qudaoIssueWorker = worker;
  return worker;
}

/** The kinds that may be asked for now, with the time until the first of each is due. */
function waitsOf(account: WaitingAccount, now: Date): { kind: CodeKind; ms: number }[] {
  const { stoppedCode: code, stoppedUntil: until } = account;
  return codeKinds.flatMap((kind) => {
    const seconds = kind === 'temporary' ? account.temporaryDueInSeconds : account.permanentDueInSeconds;
    if (seconds === null || (code !== null && holdsBack({ code, until }, kind, now))) return [];
    return [{ kind, ms: seconds * 1000 }];
  });
}
