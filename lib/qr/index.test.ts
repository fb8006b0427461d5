import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('has a front door that a browser can take: no Node behind it', async () => {
  const { metafile } = await build({
    entryPoints: ['lib/qr/index.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'esm',
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs).toContain('lib/qr/svg.ts');
  expect(inputs.filter((input) => input.includes('png'))).toEqual([]);
});
