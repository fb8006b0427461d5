import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type pg from 'pg';
import { writeBackup } from '../../lib/db/backup/write-backup';

/** A socket's path may hold about 100 bytes; a longer folder gets a short name in the temporary one. */
const LONGEST_SOCKET_PATH = 100;

export type ControlAnswer = { ok: true; rows: number; tables: number } | { ok: false; sentence: string };

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
    const { command, file } = JSON.parse(line) as { command: string; file: string };
    if (command !== 'backup') return { ok: false, sentence: `The server knows no command ${command}.` };
    return { ok: true, ...(await writeBackup(pool, file)) };
  } catch (error) {
    return { ok: false, sentence: error instanceof Error ? error.message : String(error) };
  }
}

/** Asks the running server to write a backup. @throws Error  it could not be reached */
export async function askForBackup(dataDir: string, file: string): Promise<ControlAnswer> {
  const socket = connect(controlPath(dataDir));
  socket.write(`${JSON.stringify({ command: 'backup', file })}\n`);
  for await (const line of createInterface({ input: socket })) return JSON.parse(line) as ControlAnswer;
  throw new Error('the running server closed the connection');
}
