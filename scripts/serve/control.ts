import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type pg from 'pg';
import { writeBackup } from '../../lib/db/backup/write-backup';
import { type CheckedAccount, checkCounts } from '../../lib/scans/check-counts';

/** A socket's path may hold about 100 bytes; a longer folder gets a short name in the temporary one. */
const LONGEST_SOCKET_PATH = 100;

type ControlOrder = { command: 'backup'; file: string } | { command: 'check-counts'; mend: boolean };

export type ControlAnswer =
  | { ok: true; rows?: number; tables?: number; accounts?: CheckedAccount[] }
  | { ok: false; sentence: string };

/** Where commands reach the process that has the embedded database open: a socket that only its user may use. */
export function controlPath(dataDir: string): string {
  const folder = path.resolve(dataDir);
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\qudao-${digest}`;
  const inFolder = path.join(folder, 'control.sock');
  return Buffer.byteLength(inFolder) <= LONGEST_SOCKET_PATH
    ? inFolder
    : path.join(os.tmpdir(), `qudao-${digest}.sock`);
}

/** Called with the data folder locked, so a socket that is there was left by a process that died. */
export async function listenForCommands(dataDir: string, pool: pg.Pool): Promise<Server> {
  const socketPath = controlPath(dataDir);
  if (process.platform !== 'win32') await rm(socketPath, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).once('line', async (line) => {
      socket.end(`${JSON.stringify(await obey(line, pool))}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketPath, resolve));
  if (process.platform !== 'win32') await chmod(socketPath, 0o600);
  return server;
}

async function obey(line: string, pool: pg.Pool): Promise<ControlAnswer> {
  try {
    const order = JSON.parse(line) as ControlOrder;
    if (order.command === 'backup') return { ok: true, ...(await writeBackup(pool, order.file)) };
    if (order.command === 'check-counts') return { ok: true, accounts: await checkCounts(pool, order.mend) };
    return { ok: false, sentence: 'The server does not know this command.' };
  } catch (error) {
    return { ok: false, sentence: error instanceof Error ? error.message : String(error) };
  }
}

/** Has the running server do something. @throws Error  it could not be reached */
export async function askServer(dataDir: string, order: ControlOrder): Promise<ControlAnswer> {
  const socket = connect(controlPath(dataDir));
  socket.write(`${JSON.stringify(order)}\n`);
  for await (const line of createInterface({ input: socket })) return JSON.parse(line) as ControlAnswer;
  throw new Error('the running server closed the connection');
}
