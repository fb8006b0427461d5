import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../install.mjs';
import { runNode } from './run-step.mjs';

const testDatabase = path.join(root, 'lib', 'db', 'test-database.ts');

/** The files of ours that a file imports. */
function importsOf(file) {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/from '((?:\.|@\/)[^']*)'/g)].map(
    ([, specifier]) => specifier,
  );
  return specifiers.flatMap((specifier) => {
    const base = specifier.startsWith('@/')
      ? path.join(root, specifier.slice(2))
      : path.resolve(file, '..', specifier);
    return [`${base}.ts`, `${base}.tsx`, path.join(base, 'index.ts')]
      .filter((candidate) => existsSync(candidate))
      .slice(0, 1);
  });
}

function reachesTestDatabase(file, seen = new Set()) {
  if (file === testDatabase) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  return importsOf(file).some((imported) => reachesTestDatabase(imported, seen));
}

/** The test files that need a database, by themselves or by what they import: they are run on both. */
export function databaseTests() {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.test.ts', '*.test.tsx'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => file !== '' && reachesTestDatabase(path.join(root, file)));
}

/** Runs Vitest. @returns {Promise<{passed: number, failed: number}>} counted from its own report */
export async function runVitest(args, env = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'qudao-vitest-'));
  const report = path.join(folder, 'report.json');
  const code = await runNode(
    'node_modules/vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    env,
  );
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that does not load has no failed test to count.
    return { passed: numPassedTests, failed: success && code === 0 ? 0 : Math.max(1, numFailedTests) };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
