// npm run bench [-- NAME]: runs bench/NAME.ts, or all of bench/*.ts, each in a process of its own; prints a table and merges it
// into bench/results.json.
import { fork } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { generateIfStale } from './generate.mjs';
import { fail, installIfMissing, root } from './install.mjs';

const self = fileURLToPath(import.meta.url);
const resultsFile = `${root}bench/results.json`;

/** In the child: one bench, its table sent to the parent. */
async function runOne(name) {
  const { loadTypeScript } = await import('./load-typescript.mjs');
  const { default: bench } = await loadTypeScript(`../bench/${name}.ts`, import.meta.url);
  const table = await bench();
  process.send(table, () => process.exit(0));
}

/** A process each, so that none inherits the heap or the compiled code of another. */
function runApart(name) {
  return new Promise((resolve, reject) => {
    let table;
    const child = fork(self, ['--one', name], { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', (message) => {
      table = message;
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 && table ? resolve(table) : reject(new Error(`${name} ended with ${code}`)),
    );
  });
}

function formatMs(ms) {
  if (ms < 1) return `${(ms * 1000).toFixed(1)} µs`;
  return ms < 1000 ? `${ms.toFixed(2)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

function print(table) {
  const cells = [
    ['', 'median', 'p10 – p90', 'ratio', ''],
    ...table.rows.map(({ label, medianMs, p10Ms, p90Ms, ratio, note }) => [
      label,
      formatMs(medianMs),
      p10Ms === undefined ? '' : `${formatMs(p10Ms)} – ${formatMs(p90Ms)}`,
      ratio === undefined ? '' : `${ratio < 10 ? ratio.toFixed(2) : Math.round(ratio)} ×`,
      note ?? '',
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === 4 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
  const goals = table.wanted.map(
    ({ text, met, measured }) => `${met ? 'met    ' : 'NOT MET'}  ${text}: ${measured}`,
  );
  process.stdout.write(`\n${table.name}: ${table.what}\n\n${lines.join('\n')}\n\n${goals.join('\n')}\n`);
}

function readResults() {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8'));
  } catch {
    return {};
  }
}

function keep({ name, ...table }) {
  const machine = `${os.cpus().length} × ${os.cpus()[0]?.model ?? os.arch()}, Node ${process.versions.node}`;
  const results = { ...readResults(), [name]: { at: new Date().toISOString(), machine, ...table } };
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
}

async function runAll(wanted) {
  const names = readdirSync(`${root}bench`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3))
    .sort();
  if (wanted !== undefined && !names.includes(wanted)) {
    fail(`There is no bench called ${wanted}. There are: ${names.join(', ')}.`);
  }
  installIfMissing();
  generateIfStale();
  let isMet = true;
  for (const name of wanted === undefined ? names : [wanted]) {
    const table = await runApart(name).catch((error) =>
      fail(`The bench ${name} could not be run: ${error.message}.`),
    );
    print(table);
    keep(table);
    isMet &&= table.wanted.every(({ met }) => met);
  }
  process.stdout.write(`\nWritten to bench/results.json.\n`);
  process.exit(isMet ? 0 : 1);
}

const [first, second] = process.argv.slice(2);
if (first === '--one') await runOne(second);
else await runAll(first);
