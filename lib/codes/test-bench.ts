import { randomUUID } from 'node:crypto';
import { createWeChatGateway } from '@/lib/accounts/wechat-gateway';
import { type Context, systemClock } from '@/lib/context';
import type { Db } from '@/lib/db/open-database';
import { createTestDatabase } from '@/lib/db/test-database';
import { openTenures } from '@/lib/ledger/move-scenes';
import { reserveNextIntegers } from '@/lib/ledger/reserve-scenes';
import type { UserRole } from '@/lib/people/types';
import { seal } from '@/lib/secrets';
import { Simulator } from '@/simulator/server';
import { insertAssignments } from './assignment-store';
import { drawScene } from './draw-scene';
import { insertCodes, type NewCodeRow } from './store';

const appSecret = 'a secret for tests, 32 characters or more';
const wechatSecret = '0123456789abcdef0123456789abcdef';

export type Fault = {
  rate: number;
  kind: string;
  seed?: number;
  times?: number;
  delayMs?: number;
  path?: string;
};

/** A database, a stand-in WeChat over HTTP, and the gateway between them, for tests of issuing. */
export async function openTestBench() {
  const database = await createTestDatabase();
  const simulator = new Simulator();
  const base = `http://127.0.0.1:${await simulator.listen(0)}`;
  const gateway = createWeChatGateway(database.prisma, systemClock, {
    appSecret: () => appSecret,
    bases: { api: base, mp: base },
    demoBase: base,
  });
  const db = database.prisma;

  async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${base}/_sim/${path}`, {
      method,
      body: body ? JSON.stringify(body) : null,
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json() as Promise<T>;
  }

  function contextAs(actor: Context['actor']): Context {
    return { db, wechat: gateway, clock: systemClock, actor };
  }

  return {
    database,
    db,
    /** Where the stand-in answers. */
    base,
    system: contextAs({ kind: 'system', name: 'test' }),
    contextAs,
    /** An API key of this role, which writes no foreign key. */
    as: (role: UserRole, accountIds: 'all' | string[] = 'all') =>
      contextAs({
        kind: 'apiKey',
        id: randomUUID(),
        name: 'test key',
        role,
        allAccounts: accountIds === 'all',
        accountIds: accountIds === 'all' ? [] : accountIds,
      }),
    /** A connected account with one campaign; nobody else uses its scenes unless `declared` is false. */
    async addAccount({ cap = 100_000, declared = true, wechat = {} }: AccountOptions = {}) {
      const appId = `wx${randomUUID().replaceAll('-', '').slice(0, 16)}`;
      await control('POST', 'accounts', { appId, secret: wechatSecret, permanentCap: cap, ...wechat });
      const id = randomUUID();
      const account = await db.officialAccount.create({
        data: {
          id,
          appId,
          name: appId,
          appSecretSealed: seal(appSecret, `account:${id}:appSecret`, wechatSecret),
          externalDeclaredAt: declared ? new Date() : null,
        },
      });
      await db.permanentLedger.update({ where: { accountId: account.id }, data: { cap } });
      const campaign = await db.campaign.create({ data: { accountId: account.id, name: 'Spring' } });
      return { accountId: account.id, campaignId: campaign.id, appId };
    },
    fault: (fault: Fault) => control('POST', 'faults', { path: '/cgi-bin/qrcode/create', seed: 1, ...fault }),
    noFaults: () => control('DELETE', 'faults'),
    configure: (appId: string, settings: Record<string, unknown>) =>
      control('POST', 'accounts', { appId, secret: wechatSecret, ...settings }),
    async stateOf(appId: string): Promise<StandInState> {
      const { accounts } = await control<{ accounts: Record<string, StandInState> }>('GET', 'state');
      const state = accounts[appId];
      if (!state) throw new Error(`the stand-in does not know ${appId}`);
      return state;
    },
    async close() {
      await gateway.close();
      await simulator.close();
      await database.close();
    },
  };
}

/** Puts codes into the queue as a batch does: scenes, codes, tenures and assignments, due at once. */
export function queueCodes(
  db: TestBench['db'],
  { accountId, campaignId }: { accountId: string; campaignId: string },
  { permanent, temporary = 0 }: { permanent: number; temporary?: number },
): Promise<NewCodeRow[]> {
  return db.$transaction(async (tx: Db) => {
    const slots = permanent === 0 ? [] : await reserveNextIntegers(tx, accountId, permanent);
    const base = { channelId: null, label: 'queued' };
    const rows: NewCodeRow[] = [
      ...slots.map((slot) => ({
        ...base,
        ...slot,
        id: randomUUID(),
        kind: 'permanent' as const,
        expireSeconds: null,
      })),
      ...Array.from({ length: temporary }, () => ({
        ...base,
        id: randomUUID(),
        kind: 'temporary' as const,
        sceneKind: 'integer' as const,
        scene: String(drawScene()),
        permanentSceneId: null,
        expireSeconds: 3_600,
      })),
    ];
    const createdAt = new Date();
    await insertCodes(tx, accountId, rows, { createdById: null, createdByName: 'test', createdAt }, null);
    await insertAssignments(
      tx,
      rows.map(({ id }) => id),
      campaignId,
      createdAt,
    );
    await openTenures(
      tx,
      rows.flatMap(({ id, permanentSceneId }) =>
        permanentSceneId === null ? [] : [{ codeId: id, permanentSceneId }],
      ),
      createdAt,
    );
    return rows;
  });
}

type AccountOptions = { cap?: number; declared?: boolean; wechat?: Record<string, unknown> };

export type StandInState = {
  permanentInt: number;
  permanentStr: number;
  temporary: number;
  calls: Record<string, number>;
};

export type TestBench = Awaited<ReturnType<typeof openTestBench>>;
