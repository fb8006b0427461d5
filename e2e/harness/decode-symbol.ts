import { expect, type Locator, type Page } from '@playwright/test';
import jsqr from 'jsqr';
import sharp from 'sharp';

/**
 * Reads a QR code out of a picture's bytes: sharp decodes the file, jsQR the symbol. Neither has a part in drawing it.
 *
 * @throws Error  no symbol can be read
 */
export async function decodePicture(bytes: Uint8Array): Promise<string> {
  const { data, info } = await sharp(bytes)
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const found = jsqr(new Uint8ClampedArray(data), info.width, info.height);
  if (!found) throw new Error(`no symbol could be read in a picture of ${info.width} × ${info.height} px`);
  return found.data;
}

/** Reads the symbol that a person sees. */
export async function decodeOnScreen(shown: Locator): Promise<string> {
  let picture: Uint8Array = new Uint8Array();
  // A preview gives way to the drawing that the server sends, perhaps at this moment.
  await expect(async () => {
    picture = await shown.screenshot({ animations: 'disabled', timeout: 5_000 });
  }).toPass({ timeout: 20_000 });
  return decodePicture(picture);
}

/** Reads an SVG as Chromium paints it, at a width of 600 px. */
export async function decodeSvg(page: Page, svg: string): Promise<string> {
  const canvas = await page.context().newPage();
  try {
    const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
    await canvas.setContent(`<img src="${source}" style="width:600px;display:block">`);
    await canvas.locator('img').evaluate((img: HTMLImageElement) => img.decode());
    return await decodeOnScreen(canvas.locator('img'));
  } finally {
    await canvas.close();
  }
}

export type PngFacts = {
  width: number;
  height: number;
  bitDepth: number;
  /** 0: grey. */
  colourType: number;
  /** As a layout program takes it from pHYs; null where the file does not say. */
  widthMm: number | null;
  heightMm: number | null;
};

/** Reads the head of a PNG from its bytes (PNG 1.2, sections 11.2.2 and 11.3.5.3). @throws Error  it is none */
export function readPngFacts(bytes: Buffer): PngFacts {
  if (bytes.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('this is no PNG');
  const facts: PngFacts = {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    bitDepth: bytes.readUInt8(24),
    colourType: bytes.readUInt8(25),
    widthMm: null,
    heightMm: null,
  };
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.subarray(at + 4, at + 8).toString('latin1');
    const isPerMetre = type === 'pHYs' && bytes.readUInt8(at + 16) === 1;
    if (!isPerMetre) continue;
    facts.widthMm = (facts.width / bytes.readUInt32BE(at + 8)) * 1000;
    facts.heightMm = (facts.height / bytes.readUInt32BE(at + 12)) * 1000;
  }
  return facts;
}
