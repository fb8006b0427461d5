import 'server-only';
import { createGzip } from 'node:zlib';
import { AppError } from '../errors';
import type { TableFile } from '../tables/read-table';

/** Of a gzipped file; the database keeps the same bound. */
export const maxKeptBytes = 33_554_432;

/**
 * A file that keeps a gzipped copy of itself while it is read.
 *
 * @returns `copy`: what was read last, once it has been read to its end
 * @throws AppError PAYLOAD_TOO_LARGE  from `copy`
 */
export function keepCopy(file: TableFile): { file: TableFile; copy: () => Promise<Uint8Array<ArrayBuffer>> } {
  let kept: Promise<Uint8Array<ArrayBuffer>> = Promise.resolve(new Uint8Array());
  async function* open(): AsyncGenerator<Uint8Array> {
    const gzip = createGzip();
    kept = collect(gzip);
    // Whoever stops reading early does not ask for the copy.
    kept.catch(() => undefined);
    for await (const chunk of file.open()) {
      gzip.write(chunk);
      yield chunk;
    }
    gzip.end();
  }
  return { file: { ...file, open }, copy: () => kept };
}

async function collect(gzip: AsyncIterable<Buffer>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of gzip) {
    bytes += piece.length;
    if (bytes <= maxKeptBytes) pieces.push(piece);
    else pieces.length = 0;
  }
  if (bytes > maxKeptBytes) {
    throw new AppError('PAYLOAD_TOO_LARGE', 'too large to be kept until it is approved', {
      maxBytes: maxKeptBytes,
    });
  }
  return new Uint8Array(Buffer.concat(pieces));
}
