import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { toRgb } from '../contrast';
import type { LogoImage } from '../design-types';

/** Rows of RGB, three bytes a pixel, square; the design's background where the logo is transparent or not as wide as high. */
export type LogoPixels = { sidePx: number; rgb: Uint8Array };

/** What a vector file carries: 600 dpi on a logo of 22 mm. */
const VECTOR_SIDE_PX = 512;

const MAX_KEPT = 8;
const kept = new Map<string, Promise<LogoPixels>>();

/**
 * A logo on the design's background, without transparency: the presses that an EPS or a PDF 1.3 is made for know none.
 *
 * @param sidePx  of the box that it is drawn in; null for a vector file
 */
export function logoPixels(logo: LogoImage, background: string, sidePx: number | null): Promise<LogoPixels> {
  const side = sidePx ?? VECTOR_SIDE_PX;
  const key = `${logo.id} ${createHash('sha256').update(logo.png).digest('base64')} ${background} ${side}`;
  let pixels = kept.get(key);
  if (!pixels) {
    pixels = unpack(logo.png, background, side);
    pixels.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, pixels);
  }
  return pixels;
}

async function unpack(png: Uint8Array, background: string, sidePx: number): Promise<LogoPixels> {
  const { red: r, green: g, blue: b } = toRgb(background);
  const rgb = await sharp(png, { limitInputPixels: 1024 * 1024, failOn: 'error' })
    .resize(sidePx, sidePx, { fit: 'contain', background: { r, g, b, alpha: 0 } })
    .flatten({ background: { r, g, b } })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
  if (rgb.length !== sidePx * sidePx * 3) throw new Error(`A logo was unpacked to ${rgb.length} bytes`);
  return { sidePx, rgb };
}
