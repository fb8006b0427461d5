import { LogoRefusedError, logoBounds } from './logo-bounds';

export type LogoHeader =
  | { format: 'png' | 'jpeg'; widthPx: number; heightPx: number }
  | { format: 'svg'; text: string };

/**
 * What a file is by its own first bytes, whatever it is called, and how many pixels it says to have: known before a single
 * one is unpacked, so that a bomb is refused while it is small.
 *
 * @throws LogoRefusedError  logoFormat | logoPixels | logoBroken
 *
 * PNG specification, 11.2.2 (IHDR); ITU-T T.81, B.2.2 (SOF).
 */
export function readLogoHeader(bytes: Uint8Array): LogoHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    if (bytes.length < 33 || view.getUint32(12) !== IHDR) throw broken();
    return bounded('png', view.getUint32(16), view.getUint32(20));
  }
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) {
    const [widthPx, heightPx] = readJpegSize(view);
    return bounded('jpeg', widthPx, heightPx);
  }
  const text = readText(bytes);
  if (text !== null && /^\s*</.test(text) && /<(?:[\w-]+:)?svg[\s>]/.test(text))
    return { format: 'svg', text };
  throw new LogoRefusedError({ code: 'logoFormat' });
}

const IHDR = 0x49484452;

const startsWith = (bytes: Uint8Array, signature: number[]) =>
  signature.every((byte, at) => bytes[at] === byte);

const broken = () => new LogoRefusedError({ code: 'logoBroken' });

function bounded(format: 'png' | 'jpeg', widthPx: number, heightPx: number): LogoHeader {
  if (widthPx === 0 || heightPx === 0) throw broken();
  const max = logoBounds.maxSidePx;
  if (widthPx > max || heightPx > max) {
    throw new LogoRefusedError({ code: 'logoPixels', widthPx, heightPx, max });
  }
  return { format, widthPx, heightPx };
}

/** A frame header is any SOF but those three markers of its range that are tables (DHT, JPG, DAC). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readJpegSize(view: DataView): [width: number, height: number] {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) throw broken();
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (isFrame(marker)) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    const length = view.getUint16(at + 2);
    if (length < 2) throw broken();
    at += 2 + length;
  }
  throw broken();
}

/** An SVG of another charset is refused: a reader that guesses differently would see another document. */
function readText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
