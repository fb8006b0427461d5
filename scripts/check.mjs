// npm run check: the fast half. Format, lint and layers, types, unit tests.
import { generateIfStale } from './generate.mjs';
import { installIfMissing } from './install.mjs';
import { runNode } from './test/run-step.mjs';
import { databaseTests, runVitest } from './test/vitest.mjs';

/** @returns {Promise<number>} how many of the checks failed */
export async function checkSources() {
  const steps = [
    [
      'format, lint, layers',
      () => runNode('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
    ],
    ['types', () => runNode('node_modules/typescript/bin/tsc', ['--noEmit', '-p', '.'])],
  ];
  let failed = 0;
  for (const [name, step] of steps) {
    const began = Date.now();
    const code = await step();
    if (code !== 0) failed += 1;
    console.log(
      `${code === 0 ? 'passed' : 'FAILED'}: ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`,
    );
  }
  return failed;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  installIfMissing();
  generateIfStale();
  const failedChecks = await checkSources();
  const withDatabase = databaseTests().flatMap((file) => ['--exclude', file]);
  const unit = await runVitest(withDatabase);
  console.log(`${unit.passed} passed, ${unit.failed + failedChecks} failed`);
  process.exit(unit.failed + failedChecks > 0 ? 1 : 0);
}
