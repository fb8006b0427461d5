// npm run fault-test -- --scans 200000 [--kills 10 --database … --processes … --seed N]: the stand-in tells so many events, each
// two or three times in random order, while the server processes are killed; every count is set against separate code.
// npm run fault-test [-- --codes 10000 --kills 20 --processes 2 --database embedded|postgres --seed N]: issues permanent codes
// while WeChat's stand-in answers one call in ten wrongly and the server processes are killed at random. `npm test` does the
// same at 300 codes and 3 kills.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generateIfStale } from './generate.mjs';
import { fail, installIfMissing } from './install.mjs';
import { loadTypeScript } from './load-typescript.mjs';
import { startPostgres } from './test/postgres.mjs';

const { values } = parseArgs({
  options: {
    codes: { type: 'string', default: '10000' },
    scans: { type: 'string' },
    kills: { type: 'string' },
    processes: { type: 'string', default: '2' },
    database: { type: 'string', default: 'both' },
    seed: { type: 'string' },
  },
});
const databases = values.database === 'both' ? ['embedded', 'postgres'] : [values.database];
if (databases.some((name) => name !== 'embedded' && name !== 'postgres')) {
  fail('--database is embedded, postgres or both.');
}

installIfMissing();
generateIfStale();
const { runScanFaultTest } = await loadTypeScript('./fault-test/run-scan-fault-test.ts', import.meta.url);
const { runFaultTest } = await loadTypeScript('./fault-test/run-fault-test.ts', import.meta.url);
let isGood = true;
for (const name of databases) isGood &&= await (values.scans ? runScansOn(name) : runOn(name));
process.exit(isGood ? 0 : 1);

async function runOn(name) {
  const codes = Number(values.codes);
  const postgres = name === 'postgres' ? await startPostgres() : null;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'qudao-fault-'));
  const processes = postgres ? Number(values.processes) : 1;
  console.log(`\n${codes} permanent codes, ${values.kills ?? 20} kills, ${processes} process(es), ${name}`);
  try {
    const report = await runFaultTest({
      codes,
      kills: Number(values.kills ?? 20),
      processes,
      database: postgres ? { url: postgres.url } : { dataDir },
      ...(values.seed ? { seed: Number(values.seed) } : {}),
      onProgress: (line) => console.log(`  ${line}`),
    });
    const { batch, ledger, atWeChat } = report;
    const isWhole =
      batch.issued === codes &&
      ledger.issued === codes &&
      ledger.reserved === 0 &&
      report.distinctScenes === codes &&
      atWeChat.permanent === codes;
    console.log(JSON.stringify(report, null, 2));
    console.log(
      isWhole ? 'Every code is issued, none twice; both counts agree.' : 'FAILED: the counts do not agree.',
    );
    return isWhole;
  } finally {
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function runScansOn(name) {
  const postgres = name === 'postgres' ? await startPostgres() : null;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'qudao-fault-'));
  const processes = postgres ? Number(values.processes) : 1;
  const kills = Number(values.kills ?? 10);
  console.log(`\n${values.scans} events, ${kills} kills, ${processes} process(es), ${name}`);
  try {
    const report = await runScanFaultTest({
      ...{ events: Number(values.scans), kills, processes },
      database: postgres ? { url: postgres.url } : { dataDir },
      ...(values.seed ? { seed: Number(values.seed) } : {}),
      onProgress: (line) => console.log(`  ${line}`),
    });
    const isRight = report.wrong.length + report.wrongAfterReplay.length + report.checkFound === 0;
    console.log(JSON.stringify(report, null, 2));
    console.log(isRight ? 'Every count is right to the unit.' : 'FAILED: counts are wrong.');
    return isRight;
  } finally {
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
