// Bundles what runs in worker threads. A production server holds bundles of its own and cannot start a thread from TypeScript,
// so each worker becomes one file beside them.
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Source → file in dist/workers. */
const workers = {
  'lib/print/draw-worker.ts': 'draw-worker.mjs',
  'lib/exports/export-worker.ts': 'export-worker.mjs',
  'lib/designs/logo-worker.ts': 'logo-worker.mjs',
  'lib/posters/poster-worker.ts': 'poster-worker.mjs',
};

/** Takes a few hundred ms; safe to run twice, and by two processes at once. */
export async function buildWorkers() {
  const { build } = await import('esbuild');
  const outdir = path.join(root, 'dist', 'workers');
  await mkdir(outdir, { recursive: true });
  await Promise.all(
    Object.entries(workers).map(async ([source, name]) => {
      const { outputFiles } = await build({
        absWorkingDir: root,
        entryPoints: [source],
        bundle: true,
        write: false,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        // The native half of the one and the WebAssembly of the other are found beside them, and cannot be bundled.
        external: ['sharp', '@hyzyla/pdfium'],
        // `server-only` throws outside a React server bundle; under this condition it is empty.
        conditions: ['react-server'],
        legalComments: 'none',
        logLevel: 'warning',
      });
      await replaceFile(path.join(outdir, name), outputFiles[0].text);
    }),
  );
}

/** Whole or not at all: a server that is running may be reading it. */
async function replaceFile(file, text) {
  const present = await readFile(file, 'utf8').catch(() => null);
  if (present === text) return;
  const draft = `${file}.${randomUUID()}.tmp`;
  await writeFile(draft, text);
  await rename(draft, file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWorkers();
