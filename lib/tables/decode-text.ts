import 'server-only';
import { AppError } from '../errors';

/** Bytes looked at, from the first that is not ASCII, to tell UTF-8 from GB18030. */
const sampleBytes = 65_536;

/** What stands for bytes that are no text in the charset, and so never in a label or a scene. */
export const unreadable = '\ufffd';

/**
 * Decodes a file to text as it comes: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030, which Excel in China writes.
 *
 * Until the first byte beyond ASCII nothing has to be decided; from there it is UTF-8 when most lines that need it can be
 * read so. Bytes that are no text come out as U+FFFD, for the reader to name the line.
 *
 * @param charset  as the sender named it; null: found
 * @throws AppError PAYLOAD_TOO_LARGE  more than `maxBytes`
 * @throws AppError UNSUPPORTED_MEDIA_TYPE  a charset that is none of these
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  charset: string | null,
  maxBytes: number,
): AsyncGenerator<string> {
  let decoder = charset === null ? null : decoderFor(charset);
  let held: Buffer = Buffer.alloc(0);
  let read = 0;
  for await (const chunk of chunks) {
    read += chunk.length;
    if (read > maxBytes) throw new AppError('PAYLOAD_TOO_LARGE', `more than ${maxBytes} bytes`, { maxBytes });
    if (decoder) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    held = Buffer.concat([held, chunk]);
    const first = held.findIndex((byte) => byte > 0x7f);
    if (first < 0 && held.length > 4) {
      yield held.toString('latin1');
      held = Buffer.alloc(0);
    } else if (first >= 0 && held.length - first >= sampleBytes) {
      decoder = decoderFor(findCharset(held));
      yield decoder.decode(held, { stream: true });
      held = Buffer.alloc(0);
    }
  }
  decoder ??= decoderFor(findCharset(held));
  yield decoder.decode(held);
}

function decoderFor(charset: string): TextDecoder {
  const name = charset.trim().toLowerCase().replaceAll('"', '');
  // GB18030 holds all of GBK and GB2312, and files said to be those often hold more.
  const label = /^(?:gbk|gb2312|gb18030|cp936|ms936|x-gbk)$/.test(name) ? 'gb18030' : name;
  if (!['utf-8', 'utf8', 'utf-16le', 'utf-16be', 'utf-16', 'gb18030', 'us-ascii'].includes(label)) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `charset ${charset.slice(0, 50)}; wanted: UTF-8 or GB18030`);
  }
  return new TextDecoder(label === 'us-ascii' ? 'utf-8' : label);
}

function findCharset(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  let readable = 0;
  let broken = 0;
  for (const line of bytes.toString('latin1').split('\n')) {
    if (!/[\x80-\xff]/.test(line)) continue;
    if (isUtf8(Buffer.from(line, 'latin1'))) readable += 1;
    else broken += 1;
  }
  return readable >= broken ? 'utf-8' : 'gb18030';
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
