import { inflateSync } from 'node:zlib';
import { MAX_ROUNDED_SIDE_PX } from './geometry';
import { crc32 } from './png-crc';
import type { TwoColours } from './png-write';
import { ReadBackError, type SymbolRaster } from './raster';

/** What a PNG says of itself: pixels on a side, and pixels per metre (pHYs). */
export type PngFacts = {
  readonly sidePx: number;
  /** The side, and what a caption adds below. */
  readonly heightPx: number;
  readonly pixelsPerMetre: number;
  /** Null for black on white. */
  readonly colours: TwoColours | null;
};

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Reads a PNG of one symbol back from its bytes, in the way a picture viewer would, and not from what was meant to be written:
 * every checksum is verified, the pixels are inflated, every pixel of a module must be equal.
 *
 * @param pxPerModule  width of a module in pixels, by which the picture is sampled down
 * @returns one cell a module, quiet zone included
 * @throws ReadBackError  not a 1-bit greyscale PNG with pHYs in metres, higher than wide only for a caption, damaged, over 12,000 px, or an uneven module
 */
export function readPng(png: Uint8Array, pxPerModule: number): PngFacts & { readonly raster: SymbolRaster } {
  const { sidePx, heightPx, pixelsPerMetre, colours, data } = readChunks(png);
  if (sidePx % pxPerModule !== 0) {
    throw new ReadBackError(`${sidePx} px are not a whole number of modules of ${pxPerModule} px`);
  }
  const rowBytes = Math.ceil(sidePx / 8);
  return {
    sidePx,
    heightPx,
    pixelsPerMetre,
    colours,
    raster: sampleModules(unfilterRows(inflate(data, heightPx, rowBytes), rowBytes), sidePx, pxPerModule),
  };
}

function readChunks(png: Uint8Array): PngFacts & { data: Uint8Array } {
  if (signature.some((byte, at) => png[at] !== byte)) throw new ReadBackError('The file is not a PNG');
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let header: { sidePx: number; heightPx: number; isIndexed: boolean } | null = null;
  let pixelsPerMetre = 0;
  let colours: TwoColours | null = null;
  const data: Uint8Array[] = [];
  for (let at = signature.length; ; ) {
    if (at + 12 > png.length) throw new ReadBackError('The file breaks off before its last chunk');
    const length = view.getUint32(at);
    const dataStart = at + 8;
    const dataEnd = dataStart + length;
    if (dataEnd + 4 > png.length) throw new ReadBackError('A chunk is longer than the file');
    const type = String.fromCharCode(...png.subarray(at + 4, dataStart));
    if (view.getUint32(dataEnd) !== crc32(png.subarray(at + 4, dataEnd))) {
      throw new ReadBackError(`The checksum of ${type} is wrong`);
    }
    if (type === 'IHDR') header = readHeader(view, dataStart);
    else if (type === 'PLTE') colours = readPalette(png.subarray(dataStart, dataEnd));
    else if (type === 'pHYs') pixelsPerMetre = readPixelsPerMetre(view, dataStart);
    else if (type === 'IDAT') data.push(png.subarray(dataStart, dataEnd));
    else if (type === 'IEND') break;
    at = dataEnd + 4;
  }
  if (!header || pixelsPerMetre === 0) throw new ReadBackError('The file does not state its size');
  const { sidePx, heightPx, isIndexed } = header;
  if (isIndexed !== (colours !== null))
    throw new ReadBackError('The palette does not go with the colour type');
  return { sidePx, heightPx, pixelsPerMetre, colours, data: Buffer.concat(data) };
}

function readHeader(view: DataView, at: number): { sidePx: number; heightPx: number; isIndexed: boolean } {
  const width = view.getUint32(at);
  const height = view.getUint32(at + 4);
  const [depth, colourType, compression, filter, interlace] = [8, 9, 10, 11, 12].map((i) =>
    view.getUint8(at + i),
  );
  if (height < width) throw new ReadBackError('The picture is not square');
  if (width > MAX_ROUNDED_SIDE_PX || height > 2 * MAX_ROUNDED_SIDE_PX)
    throw new ReadBackError(`${width} px are too many to unpack`);
  if (depth !== 1 || (colourType !== 0 && colourType !== 3))
    throw new ReadBackError('The picture is not 1-bit greyscale');
  if (compression !== 0 || filter !== 0 || interlace !== 0)
    throw new ReadBackError('The picture is interlaced or unknown');
  return { sidePx: width, heightPx: height, isIndexed: colourType === 3 };
}

function readPalette(bytes: Uint8Array): TwoColours {
  if (bytes.length !== 6) throw new ReadBackError('The palette has not two colours');
  const hex = Buffer.from(bytes).toString('hex');
  return { dark: `#${hex.slice(0, 6)}`, light: `#${hex.slice(6)}` };
}

function readPixelsPerMetre(view: DataView, at: number): number {
  const across = view.getUint32(at);
  if (across !== view.getUint32(at + 4)) throw new ReadBackError('The pixels are not square');
  if (view.getUint8(at + 8) !== 1) throw new ReadBackError('pHYs is not in metres');
  return across;
}

function inflate(data: Uint8Array, rows: number, rowBytes: number): Uint8Array {
  const bytes = rows * (rowBytes + 1);
  let raw: Uint8Array;
  try {
    // One byte more than is due, so that a longer stream is noticed without being unpacked.
    raw = inflateSync(data, { maxOutputLength: bytes + 1 });
  } catch (cause) {
    throw new ReadBackError('The pixels cannot be unpacked', { cause });
  }
  if (raw.length !== bytes) throw new ReadBackError('There are not as many pixels as the header says');
  return raw;
}

/** Takes the filters off, in place and without their bytes: rows of `rowBytes`. One pixel is less than a byte: distance 1. */
function unfilterRows(raw: Uint8Array, rowBytes: number): Uint8Array {
  const rows = raw.length / (rowBytes + 1);
  for (let y = 0; y < rows; y++) {
    const filter = raw[y * (rowBytes + 1)] ?? 0;
    const start = y * rowBytes;
    raw.copyWithin(start, start + y + 1, start + y + 1 + rowBytes);
    if (filter > 4) throw new ReadBackError(`Row ${y} has the unknown filter ${filter}`);
    if (filter === 0) continue;
    for (let i = 0; i < rowBytes; i++) {
      const left = i > 0 ? (raw[start + i - 1] ?? 0) : 0;
      const up = y > 0 ? (raw[start + i - rowBytes] ?? 0) : 0;
      const upLeft = i > 0 && y > 0 ? (raw[start + i - rowBytes - 1] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter] ?? 0;
      raw[start + i] = (raw[start + i] ?? 0) + guess;
    }
  }
  return raw.subarray(0, rows * rowBytes);
}

function paeth(left: number, up: number, upLeft: number): number {
  const byLeft = Math.abs(up - upLeft);
  const byUp = Math.abs(left - upLeft);
  const byUpLeft = Math.abs(left + up - 2 * upLeft);
  if (byLeft <= byUp && byLeft <= byUpLeft) return left;
  return byUp <= byUpLeft ? up : upLeft;
}

/** 1 is dark, which greyscale writes as 0; the leftmost pixel is the highest bit. */
const isDarkAt = (row: Uint8Array, x: number) => (((row[x >> 3] ?? 0) >> (7 - (x & 7))) & 1) ^ 1;

/** The square at the top, a cell a module; what lies below it is not looked at. 0 is dark. */
export function sampleModules(pixels: Uint8Array, sidePx: number, pxPerModule: number): SymbolRaster {
  const rowBytes = Math.ceil(sidePx / 8);
  const side = sidePx / pxPerModule;
  const cells = new Uint8Array(side * side);
  const row = (y: number) => pixels.subarray(y * rowBytes, (y + 1) * rowBytes);
  for (let moduleY = 0; moduleY < side; moduleY++) {
    const top = row(moduleY * pxPerModule);
    for (let y = 1; y < pxPerModule; y++) {
      if (Buffer.compare(top, row(moduleY * pxPerModule + y)) !== 0) {
        throw new ReadBackError(`Row ${moduleY * pxPerModule + y} differs within its modules`);
      }
    }
    for (let moduleX = 0, x = 0; moduleX < side; moduleX++) {
      const isDark = isDarkAt(top, x);
      for (const end = x + pxPerModule; x < end; x++) {
        if (isDarkAt(top, x) !== isDark)
          throw new ReadBackError(`Row ${moduleY * pxPerModule} is uneven at pixel ${x}`);
      }
      cells[moduleY * side + moduleX] = isDark;
    }
  }
  return { side, cells };
}
