// Generates the Prisma client. `prisma generate` looks for an engine that it then does not use and would download it;
// any executable keeps it from trying.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export function generate({ quiet = true } = {}) {
  const result = spawnSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    cwd: root,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
  });
  if (result.status !== 0)
    throw new Error(`prisma generate failed\n${result.stdout ?? ''}${result.stderr ?? ''}`);
}

/** Generates only when the schema is newer than what was generated from it. */
export function generateIfStale() {
  const made = `${root}lib/db/generated/client.ts`;
  const isFresh =
    existsSync(made) && statSync(made).mtimeMs > statSync(`${root}prisma/schema.prisma`).mtimeMs;
  if (!isFresh) generate();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate({ quiet: false });
