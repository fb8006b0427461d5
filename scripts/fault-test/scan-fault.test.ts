import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createTestDatabase, testedDatabase } from '@/lib/db/test-database';
import { runScanFaultTest } from './run-scan-fault-test';

it(`counts every event once, whatever comes twice and whoever dies (${testedDatabase})`, async () => {
  const shared = testedDatabase === 'postgresql' ? await createTestDatabase() : null;
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'qudao-fault-'));
  try {
    const report = await runScanFaultTest({
      ...{ events: 5_000, kills: 2, seed: 11 },
      ...(shared?.url ? { database: { url: shared.url }, processes: 2 } : { database: { dataDir } }),
    });
    expect(report).toMatchObject({ wrong: [], wrongAfterReplay: [], checkFound: 0, killed: 2 });
    expect(report.rowsCompared).toBeGreaterThan(5_000);
    expect(report.deliveries).toBeGreaterThan(report.events * 2);
    expect(report.replayMended).toBeGreaterThan(100);
  } finally {
    await shared?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 600_000);
