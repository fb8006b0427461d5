import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { SymbolRaster } from '../qr';

/** Reading takes 0.2 to 0.7 ms at 3 px a module and ten times that at 29, and sees the same. */
const PX_PER_MODULE = 3;

const common: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
  maxNumberOfSymbols: 1,
};

/** For modules that are black or white and as wide as each other. */
const pureOptions: ReaderOptions = { ...common, isPure: true, binarizer: 'FixedThreshold' };

/** For pixels with shades, as a camera has them. */
const cameraOptions: ReaderOptions = {
  ...common,
  binarizer: 'LocalAverage',
  tryHarder: true,
  tryRotate: true,
};

let reader: Promise<unknown> | undefined;

/** Hands zxing its WebAssembly from the package; left alone it would fetch it from a CDN. */
async function loadReader(): Promise<unknown> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const { buffer, byteOffset, byteLength } = await readFile(file);
  const wasmBinary = buffer.slice(byteOffset, byteOffset + byteLength);
  return prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/**
 * Reads a symbol with ZXing, which shares no code with what drew it.
 *
 * @param raster  one cell a module, quiet zone included
 * @returns the text, from the symbol's own bytes as UTF-8; null when there is nothing to read
 */
export async function readSymbol(raster: SymbolRaster): Promise<string | null> {
  return read(toImage(raster), pureOptions);
}

/**
 * Reads a symbol out of grey pixels, wherever in them it lies and at whatever angle.
 *
 * @param data  a byte a pixel, 255 is white
 */
export async function readGrey(data: Uint8Array, width: number): Promise<string | null> {
  const pixels = new Uint8ClampedArray(data.length * 4);
  for (let at = 0, to = 0; at < data.length; at++) {
    const tone = data[at] ?? 0;
    pixels[to++] = tone;
    pixels[to++] = tone;
    pixels[to++] = tone;
    pixels[to++] = 255;
  }
  return read({ data: pixels, width, height: data.length / width, colorSpace: 'srgb' }, cameraOptions);
}

async function read(image: Image, options: ReaderOptions): Promise<string | null> {
  reader ??= loadReader();
  await reader;
  const [result] = await readBarcodes(image, options);
  return result?.isValid ? new TextDecoder().decode(result.bytes) : null;
}

type Image = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number; colorSpace: 'srgb' };

function toImage({ side, cells }: SymbolRaster): Image {
  const width = side * PX_PER_MODULE;
  const pixels = new Uint32Array(width * width).fill(0xffffffff);
  for (let y = 0, at = 0; y < width; y++) {
    const row = Math.floor(y / PX_PER_MODULE) * side;
    for (let x = 0; x < width; x++, at++) {
      // Opaque black reads the same in either byte order but for the alpha, which no reader looks at.
      if (cells[row + Math.floor(x / PX_PER_MODULE)] === 1) pixels[at] = 0xff000000;
    }
  }
  return { data: new Uint8ClampedArray(pixels.buffer), width, height: width, colorSpace: 'srgb' };
}
