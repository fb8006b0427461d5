import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort, run, startApp, temporaryFolder } from './harness/start-app';

/** Children of a process that are alive: what a stop must not leave behind. */
async function isServed(url: string): Promise<boolean> {
  return fetch(`${url}/api/health/live`).then(
    (response) => response.ok,
    () => false,
  );
}

async function settings(folder: string) {
  return { PORT: String(await freePort()), SIMULATOR_PORT: String(await freePort()), DATA_DIR: folder };
}

test.describe('a start that cannot succeed says why in one sentence, and ends', () => {
  let folder: string;
  let remove: () => Promise<void>;

  test.beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
  });
  test.afterEach(() => remove());

  async function refused(env: Record<string, string>): Promise<string> {
    const started = run('scripts/start.mjs', [], { ...(await settings(folder)), ...env });
    const { code } = await started.ended;
    expect(code, started.output).not.toBe(0);
    expect(started.output).not.toMatch(/^\s+at /m);
    expect(started.output).not.toContain('ready:');
    return started.output;
  }

  test('a taken port', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    try {
      expect(await refused({ PORT: String(port) })).toContain(`Port ${port} is taken`);
    } finally {
      other.close();
    }
  });

  test('a wrong setting, by its name', async () => {
    expect(await refused({ API_RATE_LIMIT: 'many' })).toContain(
      'The setting API_RATE_LIMIT is refused; wanted: ',
    );
  });

  test('a data folder that cannot be written', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    expect(await refused({ DATA_DIR: path.join(file, 'data') })).toContain('cannot be written');
  });

  test('a data folder without permission', async () => {
    test.skip(process.getuid?.() === 0, 'root may write anywhere');
    await mkdir(path.join(folder, 'closed'));
    await chmod(path.join(folder, 'closed'), 0o500);
    expect(await refused({ DATA_DIR: path.join(folder, 'closed', 'data') })).toContain(
      'cannot be written (EACCES)',
    );
  });

  test('a database that does not answer, without repeating its password', async () => {
    const output = await refused({
      DATABASE_URL: `postgresql://someone:hunter2@127.0.0.1:${await freePort()}/qudao`,
      APP_SECRET: 'x'.repeat(40),
    });
    expect(output).toContain('DATABASE_URL is refused');
    expect(output).toContain('nothing answers there');
    expect(output).not.toContain('hunter2');
  });
});

test('starts, keeps its secret to itself, refuses a second start, survives SIGKILL and leaves nothing behind', async () => {
  test.setTimeout(600_000);
  const { folder, remove } = await temporaryFolder();
  try {
    const env = await settings(folder);
    const first = await startApp(env);
    expect(first.output).toContain('demo: a stand-in WeChat');
    expect(first.link).toMatch(/\/link\//);
    expect((await stat(path.join(folder, 'app-secret'))).mode & 0o777).toBe(0o600);
    const standIn = `http://127.0.0.1:${env.SIMULATOR_PORT}/_sim/state`;
    expect((await fetch(standIn)).ok).toBe(true);

    const second = run('scripts/start.mjs', [], { ...(await settings(folder)) });
    expect((await second.ended).code).not.toBe(0);
    expect(second.output).toContain('is in use by another running Qudao');
    expect(await isServed(first.url)).toBe(true);

    const backup = run('scripts/run.mjs', ['backup', path.join(folder, 'live.backup.gz')], env);
    expect((await backup.ended).code, backup.output).toBe(0);
    expect((await stat(path.join(folder, 'live.backup.gz'))).size).toBeGreaterThan(1_000);

    await first.stop('SIGKILL');
    await expect
      .poll(() =>
        fetch(standIn).then(
          () => 'alive',
          () => 'gone',
        ),
      )
      .toBe('gone');

    const began = Date.now();
    const third = await startApp(env);
    test
      .info()
      .annotations.push({ type: 'measured', description: `ready again after ${Date.now() - began} ms` });
    expect(await isServed(third.url)).toBe(true);
    expect((await third.stop('SIGINT')).code).toBe(0);
    expect(await isServed(third.url)).toBe(false);
    await expect
      .poll(() =>
        fetch(standIn).then(
          () => 'alive',
          () => 'gone',
        ),
      )
      .toBe('gone');

    const restored = await temporaryFolder();
    const restoring = run('scripts/run.mjs', ['restore', path.join(folder, 'live.backup.gz')], {
      DATA_DIR: restored.folder,
    });
    expect((await restoring.ended).code, restoring.output).toBe(0);
    const stranger = run('scripts/start.mjs', [], { ...(await settings(restored.folder)) });
    expect((await stranger.ended).code).not.toBe(0);
    expect(stranger.output).toContain('APP_SECRET is not the one');
    await restored.remove();
  } finally {
    await remove();
  }
});
