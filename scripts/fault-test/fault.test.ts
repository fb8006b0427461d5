import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createTestDatabase, testedDatabase } from '@/lib/db/test-database';
import { runFaultTest } from './run-fault-test';

const codes = 300;
const kills = 3;

it(`issues every code, none twice, whatever breaks and whoever dies (${testedDatabase})`, async () => {
  const shared = testedDatabase === 'postgresql' ? await createTestDatabase() : null;
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'qudao-fault-'));
  try {
    const report = await runFaultTest({
      ...{ codes, kills, seed: 7 },
      ...(shared?.url ? { database: { url: shared.url }, processes: 2 } : { database: { dataDir } }),
    });
    expect(report).toMatchObject({
      batch: { state: 'done', total: codes, reserved: 0, issued: codes, failed: 0 },
      ledger: { reserved: 0, issued: codes },
      distinctScenes: codes,
      distinctUrls: codes,
      killed: kills,
      atWeChat: { permanent: codes },
    });
    for (const kind of ['busy', 'reset', 'lostReply', 'badJson', 'tokenExpired']) {
      expect(report.atWeChat.faults[kind], kind).toBeGreaterThan(0);
    }
    expect(report.atWeChat.calls).toBeGreaterThan(codes);
  } finally {
    await shared?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 300_000);
