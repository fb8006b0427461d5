import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';

const root = path.resolve(__dirname, '..');
const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** A file in its layer, and an import that its layer forbids. */
const faults = [
  ['app/planted-fault/page.tsx', '@/lib/db/open-database'],
  ['app/planted-fault/page.tsx', '@/lib/codes/store'],
  ['components/planted-fault/card.tsx', '@/lib/codes/create-code'],
  ['components/planted-fault/card.tsx', '@/app/page'],
  ['lib/planted-fault/service.ts', '@prisma/client'],
  ['lib/planted-fault/service.ts', '../codes/store'],
  ['lib/planted-fault/service.ts', 'next/headers'],
  ['lib/planted-fault/store.ts', '@/components/ui/button'],
  ['lib/wechat/planted-fault/client.ts', '../../errors'],
  ['lib/qr/planted-fault/encode.ts', '@/lib/errors'],
  ['simulator/planted-fault/server.ts', '@/lib/wechat'],
] as const;

afterEach(() => {
  for (const [file] of faults) rmSync(path.join(root, path.dirname(file)), { recursive: true, force: true });
});

function lint(file: string): { status: number | null; report: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', file], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, report: stdout + stderr };
}

function plant(file: string, specifier: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(
    path.join(root, file),
    `import { planted } from '${specifier}';\n\nexport const kept = planted;\n`,
  );
}

it.each(faults)('%s may not import %s', (file, specifier) => {
  plant(file, specifier);
  const { status, report } = lint(file);
  expect(report).toContain('noRestrictedImports');
  expect(status).not.toBe(0);
});

it('reads the files it is asked about: an allowed import passes in the same place', () => {
  const [file] = faults[4];
  plant(file, '../errors');
  const { status, report } = lint(file);
  expect(report).toMatch(/Checked 1 file/);
  expect(status).toBe(0);
});
