import { randomBytes } from 'node:crypto';
import { chmod, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from './start-error';

/** Reads APP_SECRET from the data folder, making it the first time; mode 600. Called with the folder locked. */
export async function loadOrCreateAppSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'app-secret');
  try {
    const secret = (await readFile(file, 'utf8')).trim();
    if (secret.length < 32) {
      throw new StartError(
        `${file} holds no secret of 32 characters or more. Put the right one back, or set APP_SECRET.`,
      );
    }
    await chmod(file, 0o600);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = randomBytes(48).toString('base64url');
  const handle = await open(file, 'wx', 0o600);
  await handle.writeFile(`${secret}\n`);
  await handle.sync();
  await handle.close();
  return secret;
}
