import { randomUUID } from 'node:crypto';
import { createBatch } from '../../lib/batches/create-batch';
import { getBatch } from '../../lib/batches/get-batch';
import { startIssuing } from '../../lib/codes/start-issuing';
import { appSecret } from '../../lib/env';
import { startRuntime, systemContext } from '../../lib/runtime';
import { seal } from '../../lib/secrets';

/** What the test asks of a server process. */
export type Order =
  | { do: 'create'; appId: string; secret: string; count: number }
  | { do: 'tell'; accountId: string; batchId: string };

export type Told = {
  batch: { state: string; total: number; reserved: number; issued: number; failed: number };
  ledger: { reserved: number; issued: number; archived: number };
  distinctScenes: number;
  distinctUrls: number;
};

/** A server process without its pages: the real runtime, database, WeChat client and issuing worker. */
export async function serve(): Promise<void> {
  const { database } = await startRuntime();
  await startIssuing(database, () => systemContext('issuing'));
  process.on('message', (order: Order) => {
    const answer = order.do === 'create' ? create(order) : tell(order);
    answer.then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  // The parent's end of the channel closes however the parent dies.
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: true });
}

async function create({ appId, secret, count }: Extract<Order, { do: 'create' }>) {
  const ctx = await systemContext('fault test');
  const accountId = randomUUID();
  await ctx.db.officialAccount.create({
    data: {
      ...{ id: accountId, name: appId, appId, externalDeclaredAt: new Date() },
      appSecretSealed: seal(appSecret(), `account:${accountId}:appSecret`, secret),
    },
  });
  const campaign = await ctx.db.campaign.create({
    data: { accountId, name: 'Spring' },
    select: { id: true },
  });
  const input = { campaignId: campaign.id, kind: 'permanent' as const, count };
  const { id } = await createBatch(ctx, accountId, { input });
  return { accountId, batchId: id };
}

async function tell({ accountId, batchId }: Extract<Order, { do: 'tell' }>): Promise<Told> {
  const ctx = await systemContext('fault test');
  const { state, total, reserved, issued, failed } = await getBatch(ctx, accountId, batchId);
  const { db } = ctx;
  const ledger = await db.permanentLedger.findUniqueOrThrow({
    where: { accountId },
    select: { reserved: true, issued: true, archived: true },
  });
  const codes = await db.code.findMany({
    where: { accountId, status: 'issued' },
    select: { scene: true, url: true },
  });
  return {
    batch: { state, total, reserved, issued, failed },
    ledger,
    distinctScenes: new Set(codes.map(({ scene }) => scene)).size,
    distinctUrls: new Set(codes.map(({ url }) => url)).size,
  };
}
