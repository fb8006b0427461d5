import 'server-only';
import { createWeChatGateway } from './accounts/wechat-gateway';
import { type Actor, type Context, systemClock, type WeChatGateway } from './context';
import { lockDataDir } from './db/lock-data-dir';
import { migrate } from './db/migrate';
import { type Database, openDatabase } from './db/open-database';
import { startTending } from './db/tend-embedded';
import { env } from './env';
import { findHost } from './host';
import { log } from './log';

/** The composition root: the one place that joins the database and the WeChat client. */
export type Runtime = {
  database: Database;
  wechat: WeChatGateway;
  stop: () => Promise<void>;
};

// Instrumentation and routes are bundled apart and share no module state, but one process.
const holder = globalThis as { qudaoRuntime?: Promise<Runtime> };

/** Opens and migrates the database, once a process. @throws DataDirError, MigrationError, or the driver's error */
export function startRuntime(): Promise<Runtime> {
  holder.qudaoRuntime ??= open();
  return holder.qudaoRuntime;
}

async function open(): Promise<Runtime> {
  const { DATABASE_URL, DATA_DIR } = env();
  const lock = DATABASE_URL || findHost()?.holdsDataDir ? null : await lockDataDir(DATA_DIR);
  const database = await openDatabase(
    DATABASE_URL
      ? { kind: 'postgresql', url: DATABASE_URL }
      : { kind: 'embedded', dataDir: `${DATA_DIR}/database` },
  );
  await migrate(database.pool);
  const stopTending =
    database.kind === 'embedded'
      ? startTending(database.pool, (error) => log().warn({ err: error }, 'tables could not be tended'))
      : null;
  const wechat = createWeChatGateway(database.prisma, systemClock);
  return {
    database,
    wechat,
    async stop() {
      await wechat.close();
      await stopTending?.();
      await database.close();
      await lock?.release();
    },
  };
}

/** What a service takes, for one who asks. */
export async function contextFor(actor: Actor): Promise<Context> {
  const { database, wechat } = await startRuntime();
  return { db: database.prisma, wechat, clock: systemClock, actor };
}

export function systemContext(name: string): Promise<Context> {
  return contextFor({ kind: 'system', name });
}
