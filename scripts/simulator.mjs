// npm run simulator: the stand-in WeChat alone. Works on a fresh clone with Node and npm.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

const host = process.env.HOST ?? '127.0.0.1';
if (!loopback.has(host)) {
  fail(
    `HOST is ${host}, but the stand-in WeChat has no login and listens on this machine alone. Leave HOST unset.`,
  );
}

if (!existsSync(`${root}node_modules/tsx`)) {
  console.error('Installing what is missing (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail('The packages could not be installed: npm ci failed, see above.');
}

const child = spawn(process.execPath, ['--import', 'tsx', `${root}simulator/main.ts`], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
child.on('message', ({ ready, port }) => {
  if (ready) console.log(`Stand-in WeChat: http://127.0.0.1:${port}`);
});
child.on('error', (error) => fail(`The stand-in WeChat cannot start: ${error.message}`));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
