// npm test: everything, alone. Types, lint and layers; every test on the embedded database; those that need a database
// again on a real PostgreSQL; end to end in a real Chromium against the production build.
import { readFileSync } from 'node:fs';
import { checkSources } from './check.mjs';
import { generateIfStale } from './generate.mjs';
import { installIfMissing, root } from './install.mjs';
import { findOrInstallBrowser } from './test/browser.mjs';
import { startPostgres } from './test/postgres.mjs';
import { runNode } from './test/run-step.mjs';
import { databaseTests, runVitest } from './test/vitest.mjs';

const total = { passed: 0, failed: 0 };
const add = ({ passed, failed }) => {
  total.passed += passed;
  total.failed += failed;
};
const heading = (text) => console.log(`\n── ${text} ──`);

installIfMissing();
generateIfStale();

heading('Format, lint, layers, types');
const failedChecks = await checkSources();
add({ passed: 2 - failedChecks, failed: failedChecks });

heading('Unit and integration tests, embedded database');
add(await runVitest([]));

heading('The same on PostgreSQL');
const postgres = await startPostgres();
try {
  add(await runVitest(databaseTests(), { TEST_DATABASE_URL: postgres.url }));

  heading('End to end, in Chromium, against the production build');
  add(await runEndToEnd(postgres.url));
} finally {
  await postgres.stop();
}

console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

async function runEndToEnd(postgresUrl) {
  const browser = await findOrInstallBrowser();
  if (!browser) {
    console.error('No Chromium could be found or installed; set CHROMIUM_PATH to one.');
    return { passed: 0, failed: 1 };
  }
  const report = `${root}e2e/results/report.json`;
  const code = await runNode('node_modules/@playwright/test/cli.js', ['test'], {
    CHROMIUM_PATH: browser,
    TEST_DATABASE_URL: postgresUrl,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  try {
    const { stats } = JSON.parse(readFileSync(report, 'utf8'));
    if (stats.flaky > 0) console.log(`${stats.flaky} passed at the second attempt only; see above`);
    const passed = stats.expected + stats.flaky;
    return { passed, failed: code === 0 ? stats.unexpected : Math.max(1, stats.unexpected) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
