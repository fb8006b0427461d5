import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = path.resolve(__dirname, '..');
const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** A file in its layer, and an import that its layer forbids. */
const faults = [
  ['app/planted-fault/_components/form.tsx', '@/lib/db/open-database'],
  ['app/planted-fault/_components/card.tsx', '@/lib/codes/store'],
  ['components/planted-fault/card.tsx', '@/lib/codes/create-code'],
  ['components/planted-fault/list.tsx', '@/app/page'],
  ['lib/planted-fault/create-thing.ts', '@prisma/client'],
  ['lib/planted-fault/get-thing.ts', '../codes/store'],
  ['lib/planted-fault/list-things.ts', 'next/headers'],
  ['lib/planted-fault/store.ts', '@/components/ui/button'],
  ['lib/wechat/planted-fault/client.ts', '../../errors'],
  ['lib/qr/planted-fault/encode.ts', '@/lib/errors'],
  ['simulator/planted-fault/server.ts', '@/lib/wechat'],
] as const;
/** What is allowed in the same place is on the line before, and passes. */
const allowed = '../errors';
const besideAllowed = ['lib/planted-fault/find-thing.ts', '../codes/store'] as const;

let report: string;

// One run for all of them: Biome reads the whole tree each time that it starts.
beforeAll(() => {
  const sources = [
    ...faults.map(([file, specifier]) => [file, [specifier]] as const),
    [besideAllowed[0], [allowed, besideAllowed[1]]] as const,
  ];
  for (const [file, specifiers] of sources) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    const lines = specifiers.map(
      (specifier, line) => `export { planted as kept${line} } from '${specifier}';`,
    );
    writeFileSync(path.join(root, file), `${lines.join('\n')}\n`);
  }
  const files = sources.map(([file]) => file);
  const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=github', ...files], {
    cwd: root,
    encoding: 'utf8',
  });
  report = run.stdout + run.stderr;
  expect(run.status).not.toBe(0);
});
afterAll(() => {
  for (const [file] of [...faults, besideAllowed]) {
    rmSync(path.join(root, file.slice(0, file.indexOf('planted-fault')), 'planted-fault'), {
      recursive: true,
      force: true,
    });
  }
});

/** The lines of a file that the rule refuses. */
const refusedLines = (file: string) =>
  report.split('\n').flatMap((line) => {
    const [, refused, at] = /noRestrictedImports,file=([^,]+),line=(\d+)/.exec(line) ?? [];
    return refused?.endsWith(`/${file}`) ? [Number(at)] : [];
  });

it.each(faults)('%s may not import %s', (file) => {
  expect(refusedLines(file)).toEqual([1]);
});

it('lets an allowed import pass in the same place', () => {
  expect(refusedLines(besideAllowed[0])).toEqual([2]);
});
