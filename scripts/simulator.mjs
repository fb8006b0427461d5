// npm run simulator: the stand-in WeChat alone. Works on a fresh clone with Node and npm.
import { spawn } from 'node:child_process';
import { fail, installIfMissing, root } from './install.mjs';

const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

const host = process.env.HOST ?? '127.0.0.1';
if (!loopback.has(host)) {
  fail(
    `HOST is ${host}, but the stand-in WeChat has no login and listens on this machine alone. Leave HOST unset.`,
  );
}

installIfMissing();

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
