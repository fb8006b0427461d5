import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '../errors';

/** A body that was written to a file, to be read as often as needed. */
export type SentFile = {
  open: () => AsyncIterable<Uint8Array>;
  /** As Content-Type names it; null: not said. */
  charset: string | null;
  sha256: string;
  /** Removes it. */
  close: () => Promise<void>;
};

/** Whether a body is said to be a table. */
export function isCsv(request: Request): boolean {
  return /^text\/csv\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '');
}

/**
 * Writes the body of a request to a file as it comes, so that a slow sender holds neither memory nor a transaction.
 *
 * @throws AppError PAYLOAD_TOO_LARGE  said, or found, to be longer than `maxBytes`
 * @throws AppError UNSUPPORTED_MEDIA_TYPE  compressed
 */
export async function readFileBody(request: Request, maxBytes: number): Promise<SentFile> {
  const { body, headers } = request;
  const coding = headers.get('content-encoding');
  if (coding !== null && coding !== 'identity') {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `content-encoding ${coding}`);
  }
  const tooLarge = () => new AppError('PAYLOAD_TOO_LARGE', `more than ${maxBytes} bytes`, { maxBytes });
  if (Number(headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();

  const folder = await mkdtemp(path.join(tmpdir(), 'qudao-upload-'));
  const place = path.join(folder, 'body');
  const close = () => rm(folder, { recursive: true, force: true });
  const hash = createHash('sha256');
  try {
    const file = await open(place, 'wx', 0o600);
    try {
      let length = 0;
      for await (const chunk of body ?? []) {
        length += chunk.length;
        if (length > maxBytes) throw tooLarge();
        hash.update(chunk);
        await file.write(chunk);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    open: () => createReadStream(place),
    charset: charsetOf(headers),
    sha256: hash.digest('hex'),
    close,
  };
}

function charsetOf(headers: Headers): string | null {
  return /;\s*charset="?([^";\s]+)"?/i.exec(headers.get('content-type') ?? '')?.[1] ?? null;
}
