import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../install.mjs';
import { runNode } from './run-step.mjs';

/** The test files whose subject needs a database: they are run on both. */
export function databaseTests() {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.test.ts', '*.test.tsx'], {
    cwd: root,
    encoding: 'utf8',
  });
  return files
    .split('\n')
    .filter(Boolean)
    .filter((file) => /test-database|createTest[A-Z]\w*\(/.test(readFileSync(path.join(root, file), 'utf8')));
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
