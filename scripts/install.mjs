// What every command needs before it can load anything: Node, and the packages of package-lock.json.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const [NEEDED_MAJOR, NEEDED_MINOR] = [20, 9];
const stampFile = `${root}node_modules/.cache/qudao/installed`;

/** One sentence, and the end. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NEEDED_MAJOR || (major === NEEDED_MAJOR && minor >= NEEDED_MINOR)) return;
  fail(`Qudao needs Node ${NEEDED_MAJOR}.${NEEDED_MINOR} or newer; this is ${process.versions.node}.`);
}

/** Runs npm as the npm that started us, or the one on the PATH. */
export function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  return spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
}

/** Installs the packages when the lock file is not the one they were installed from. */
export function installIfMissing(say = (line) => process.stdout.write(`${line}\n`)) {
  requireNode();
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  const isInstalled = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted;
  if (isInstalled) return;
  say('Installing the packages (about a minute the first time) …');
  const { status } = npm([
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--progress=true',
  ]);
  if (status !== 0) fail('The packages could not be installed; what npm said stands above.');
  mkdirSync(`${root}node_modules/.cache/qudao`, { recursive: true });
  writeFileSync(stampFile, wanted);
}
