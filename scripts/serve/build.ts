import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartError } from './start-error';

const root = process.cwd();
const stampFile = path.join(root, '.next', 'qudao-build');

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'prisma/schema.prisma',
];

/** A digest of everything that the build is made from: the same sources, the same build on every machine. */
function digestSources(): string {
  const hash = createHash('sha256');
  const visit = (relative: string) => {
    const absolute = path.join(root, relative);
    if (!existsSync(absolute)) return;
    // By what it is and not by its name: the route of openapi.json is a folder.
    if (!statSync(absolute).isDirectory()) {
      if (!relative.endsWith('.test.ts')) hash.update(relative).update(readFileSync(absolute));
      return;
    }
    for (const name of readdirSync(absolute).sort()) visit(`${relative}/${name}`);
  };
  for (const source of sources) visit(source);
  return hash.digest('hex');
}

/**
 * Builds the app when its sources changed since the last build, telling how far it is.
 *
 * @throws StartError  the build failed; what it printed is shown first
 */
export async function buildIfStale(say: (line: string) => void): Promise<void> {
  const digest = digestSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest) return;
  say('Building (about a minute on two cores; only when sources changed) …');
  const output: string[] = [];
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      // Salts the names of server actions, which must be the same on all machines. What is encrypted at run time is keyed
      // by APP_SECRET: the variable of the running server takes precedence.
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: createHash('sha256').update(`actions ${digest}`).digest('base64'),
      QUDAO_BUILD_ID: digest.slice(0, 20),
    },
  });
  const began = Date.now();
  const ticker = setInterval(() => say(`  … ${Math.round((Date.now() - began) / 1000)} s`), 10_000);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output.push(text);
      for (const line of text.split('\n'))
        if (/^\s*(✓|Creating|Collecting|Generating)/.test(line)) say(`  ${line.trim()}`);
    });
  }
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(ticker);
  process.off('exit', stop);
  if (code !== 0) {
    process.stderr.write(output.join(''));
    throw new StartError('The build failed; what it said stands above.');
  }
  writeFileSync(stampFile, digest);
}
