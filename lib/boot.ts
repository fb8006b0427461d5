import 'server-only';
import { registerConfiguredKey } from './api-keys/register-configured-key';
import { startBackground } from './background/start-background';
import { backgroundTasks } from './background/tasks';
import { startIssuing } from './codes/start-issuing';
import { DataDirError } from './db/lock-data-dir';
import { MigrationError } from './db/migrate';
import { seedDemo } from './demo/seed-demo';
import { appSecret, env } from './env';
import { findHost } from './host';
import { bootstrapAdmin } from './people/bootstrap-admin';
import { createStartLink } from './people/create-start-link';
import { type Runtime, startRuntime, systemContext } from './runtime';
import { startScanFeed } from './scans/feed';
import { currentReceiver } from './scans/receiver';
import { secretCheckValue } from './secrets';

class BootError extends Error {
  override readonly name = 'BootError';
}

/** Everything between an opened database and the first request. Runs once a process, before Next serves. */
export async function boot(): Promise<void> {
  try {
    const runtime = await startRuntime();
    await checkAppSecret(runtime);
    const ctx = await systemContext('Qudao');
    const { ADMIN_EMAIL, ADMIN_PASSWORD, ADMIN_API_KEY } = env();
    if (ADMIN_EMAIL && ADMIN_PASSWORD)
      await bootstrapAdmin(ctx, { email: ADMIN_EMAIL, password: ADMIN_PASSWORD });
    if (ADMIN_API_KEY) await registerConfiguredKey(ctx, ADMIN_API_KEY);
    const isDemo = await decideDemo(runtime);
    if (isDemo) {
      await findHost()?.startSimulator();
      await seedDemo(ctx);
    }
    const issuing = await startIssuing(runtime.database, () => systemContext('Qudao'));
    const background = startBackground(runtime.database, () => systemContext('Qudao'), backgroundTasks);
    const feed = startScanFeed(runtime.database);
    const startLink = await createStartLink(ctx, { demo: isDemo });
    findHost()?.reportBoot({
      ok: true,
      isDemo,
      startLink,
      receivePush: (await currentReceiver()).receive,
      async stop() {
        await feed.stop();
        await background.stop();
        await issuing.stop();
        await runtime.stop();
      },
    });
  } catch (error) {
    const isForPerson =
      error instanceof BootError || error instanceof DataDirError || error instanceof MigrationError;
    findHost()?.reportBoot(
      isForPerson
        ? { ok: false, sentence: error.message }
        : { ok: false, sentence: 'The app could not start; the error stands above.', error },
    );
  }
}

/** Sealed secrets open with the APP_SECRET that sealed them and no other; better to say so now. */
async function checkAppSecret({ database }: Runtime): Promise<void> {
  const secretCheck = secretCheckValue(appSecret());
  const row = await database.prisma.installation.upsert({
    where: { id: 1 },
    create: { id: 1, secretCheck },
    update: {},
    select: { secretCheck: true },
  });
  if (row.secretCheck !== secretCheck) {
    throw new BootError(
      'APP_SECRET is not the one that this database was made with; its secrets could not be opened. Start with the right one.',
    );
  }
}

/** auto: as long as no real account has ever been added. Accounts are never removed, so their rows tell. */
async function decideDemo({ database }: Runtime): Promise<boolean> {
  const { DEMO, mayBeDemo } = env();
  if (DEMO === 'on' || !mayBeDemo) return mayBeDemo;
  const real = await database.prisma.officialAccount.findFirst({
    where: { isDemo: false },
    select: { id: true },
  });
  return real === null;
}
