import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** Starts the built app without its demo. @param folder  of the app @returns once it serves */
export async function startApp(
  folder: string,
  port: number,
  env: Record<string, string>,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...{ PORT: String(port), DEMO: 'off', LOG_LEVEL: 'error', NODE_ENV: 'production' },
      APP_SECRET: 'a secret for the bench, 32 characters long',
      ...env,
    },
  });
  await new Promise<void>((resolve, reject) => {
    let told = '';
    child.stdout?.on('data', (text: Buffer) => {
      told += text.toString();
      if (told.includes('ready:')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the app ended with ${code}: ${told}`)));
  });
  return child;
}

export async function stopApp(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
