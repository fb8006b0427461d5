import 'server-only';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { tryLock } from 'fs-native-extensions';

export class DataDirError extends Error {
  override readonly name = 'DataDirError';
}

/**
 * Takes the lock on a data folder, which the operating system releases when this process dies, however it dies.
 *
 * PGlite itself locks nothing: two processes on one folder both write, and acknowledged rows are lost.
 *
 * @throws DataDirError  another process has it, or the folder cannot be made or written; the message is for the person
 */
export async function lockDataDir(dataDir: string): Promise<{ release: () => Promise<void> }> {
  let file: FileHandle;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    file = await open(path.join(dataDir, 'lock'), 'a+', 0o600);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new DataDirError(
      `The data folder ${dataDir} cannot be written (${reason}). Give this user write access to it, or set DATA_DIR to another folder.`,
    );
  }
  if (!tryLock(file.fd)) {
    await file.close();
    throw new DataDirError(
      `The data folder ${dataDir} is in use by another running Qudao. Stop that one first, or set DATA_DIR to another folder.`,
    );
  }
  return { release: () => file.close() };
}
