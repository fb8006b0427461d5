import { run } from './start-app';

export type StandInCode = {
  url: string;
  ticket: string;
  kind: 'QR_SCENE' | 'QR_STR_SCENE' | 'QR_LIMIT_SCENE' | 'QR_LIMIT_STR_SCENE';
  scene: number | string;
};

export type AccountCounts = { permanentInt: number; permanentStr: number; temporary: number };

/** Asks and steers a stand-in WeChat from outside. */
export function standIn(url: string) {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
  return {
    url,
    register: (account: Record<string, unknown>) => call('POST', '/_sim/accounts', account),
    async counts(appId: string): Promise<AccountCounts> {
      const { accounts } = await call<{ accounts: Record<string, AccountCounts> }>('GET', '/_sim/state');
      const counts = accounts[appId];
      if (!counts) throw new Error(`the stand-in knows no account ${appId}`);
      return counts;
    },
    async codes(appId: string): Promise<StandInCode[]> {
      const { items } = await call<{ items: StandInCode[] }>('GET', `/_sim/codes?appId=${appId}&limit=10000`);
      return items;
    },
  };
}

/** Starts a stand-in of its own, as `npm run simulator` does. */
export async function startStandIn() {
  const started = run('scripts/simulator.mjs', [], { SIMULATOR_PORT: '0' });
  const [, url = ''] = await started.waitFor(/Stand-in WeChat: (\S+)/, 60_000);
  return { ...standIn(url), stop: () => started.stop() };
}
