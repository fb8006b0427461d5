import { Socket } from 'node:net';
import sharp, { type Sharp } from 'sharp';
import { cleanSvg } from './clean-svg';
import { type LogoRefusal, LogoRefusedError, logoBounds } from './logo-bounds';
import { type LogoHeader, readLogoHeader } from './read-logo-header';

/** What crosses back from the worker. */
export type LogoAnswer =
  | { outcome: 'taken'; png: Uint8Array<ArrayBuffer>; widthPx: number; heightPx: number }
  | { outcome: 'refused'; refusal: LogoRefusal };

/**
 * An uploaded picture as a PNG of this app's own writing: nothing of the upload but its pixels is left.
 *
 * 8 bits, RGB with alpha, at most `logoBounds.keptSidePx` on a side, turned as its camera said. Runs in a worker thread.
 */
export async function rasteriseLogo(upload: Uint8Array): Promise<LogoAnswer> {
  try {
    const { png, widthPx, heightPx } = await toPng(upload, readLogoHeader(upload));
    return { outcome: 'taken', png, widthPx, heightPx };
  } catch (error) {
    if (error instanceof LogoRefusedError) return { outcome: 'refused', refusal: error.refusal };
    // What libvips says of a damaged picture names its own functions, which helps nobody.
    return { outcome: 'refused', refusal: { code: 'logoBroken' } };
  }
}

/** Closes the way out of this thread; other threads have sockets of their own. */
export function refuseNetwork(): void {
  Socket.prototype.connect = () => {
    throw new Error('a logo is rasterised without network');
  };
}

const limitInputPixels = logoBounds.maxSidePx ** 2;

async function toPng(upload: Uint8Array, header: LogoHeader) {
  const open =
    header.format === 'svg' ? await openSvg(header.text) : () => sharp(upload, { limitInputPixels });
  for (let side: number = logoBounds.keptSidePx; ; side /= 2) {
    const { data, info } = await open()
      .rotate()
      .toColourspace('srgb')
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .ensureAlpha()
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true });
    if (data.length > logoBounds.maxKeptBytes && side > 64) continue;
    await refuseInvisible(data);
    return { png: new Uint8Array(data), widthPx: info.width, heightPx: info.height };
  }
}

/** Drawn at the size that it is kept in, whatever size its file names: 24 units of an icon would be 24 pixels. */
async function openSvg(text: string): Promise<() => Sharp> {
  const svg = Buffer.from(cleanSvg(text));
  const { width = 0, height = 0 } = await sharp(svg, { limitInputPixels: false }).metadata();
  if (!(width > 0 && height > 0)) throw new LogoRefusedError({ code: 'logoEmpty' });
  const density = Math.min(100_000, Math.max(1, (72 * logoBounds.keptSidePx) / Math.max(width, height)));
  return () => sharp(svg, { density, limitInputPixels });
}

async function refuseInvisible(png: Buffer): Promise<void> {
  const { channels } = await sharp(png).stats();
  if (channels[3]?.max === 0) throw new LogoRefusedError({ code: 'logoEmpty' });
}
