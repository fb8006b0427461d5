import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Fact } from './facts';

/**
 * An append-only file of facts, one JSON line each. A line is handed to the system before the call it belongs to is
 * answered, so a killed process has lost nothing that anybody was told. The file holds secrets: mode 600.
 */
export class Journal {
  private readonly fd: number;
  private closed = false;

  /** Opens the file, hands every fact in it to `apply`, and cuts off a last line that a kill left unfinished. */
  constructor(path: string, apply: (fact: Fact) => void) {
    mkdirSync(dirname(path), { recursive: true });
    const length = existsSync(path) ? replay(path, apply) : 0;
    this.fd = openSync(path, 'a', 0o600);
    ftruncateSync(this.fd, length);
  }

  append(fact: Fact): void {
    if (this.closed) return;
    const line = Buffer.from(`${JSON.stringify(fact)}\n`);
    let written = 0;
    while (written < line.length) written += writeSync(this.fd, line, written);
  }

  clear(): void {
    ftruncateSync(this.fd, 0);
  }

  close(): void {
    if (!this.closed) closeSync(this.fd);
    this.closed = true;
  }
}

/** Returns how many bytes of the file are whole lines. */
function replay(path: string, apply: (fact: Fact) => void): number {
  const bytes = readFileSync(path);
  let start = 0;
  let line = 0;
  for (;;) {
    const end = bytes.indexOf(10, start);
    if (end === -1) return start;
    line += 1;
    try {
      apply(JSON.parse(bytes.toString('utf8', start, end)) as Fact);
    } catch {
      throw new Error(`The state file ${path} is damaged at line ${line}; move it away to start afresh.`);
    }
    start = end + 1;
  }
}
