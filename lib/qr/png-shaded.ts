import { deflateSync, inflateSync } from 'node:zlib';
import { crc32 } from './png-crc';
import { ReadBackError } from './raster';

/** Pixels of eight bits: one byte each (greyscale) or three (RGB), row by row. */
export type Pixels = { width: number; height: number; channels: 1 | 3; data: Uint8Array };

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const FILTER_UP = 2;

/** What comes out of this module at most, when read back. */
const MAX_PIXELS = 4_800 * 9_600;

/**
 * Writes pixels with shades as a PNG of eight bits, for what two tones cannot hold: round shapes and logos.
 *
 * @param pixelsPerMetre  for pHYs; left out for a picture that is embedded and gets its size from around it
 *
 * PNG specification: colour type 0 or 2, filter 2 (up) throughout, since most rows are those above.
 */
export function writeShadedPng(pixels: Pixels, pixelsPerMetre?: number): Uint8Array<ArrayBuffer> {
  const { width, height, channels, data } = pixels;
  const rowBytes = width * channels;
  const raw = new Uint8Array((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (rowBytes + 1);
    const from = y * rowBytes;
    raw[to] = FILTER_UP;
    for (let i = 0; i < rowBytes; i++) {
      const above = y === 0 ? 0 : (data[from + i - rowBytes] ?? 0);
      raw[to + 1 + i] = (data[from + i] ?? 0) - above;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8);
  const density = Buffer.alloc(9);
  density.writeUInt32BE(pixelsPerMetre ?? 0, 0);
  density.writeUInt32BE(pixelsPerMetre ?? 0, 4);
  density.writeUInt8(1, 8);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from(SIGNATURE),
      chunk('IHDR', header),
      ...(pixelsPerMetre === undefined ? [] : [chunk('pHYs', density)]),
      chunk('IDAT', deflateSync(raw, { level: 4 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/**
 * Reads back a PNG of `writeShadedPng` from its bytes, every checksum verified.
 *
 * @returns the pixels, and what pHYs says; null when there is none
 * @throws ReadBackError
 */
export function readShadedPng(png: Uint8Array): Pixels & { pixelsPerMetre: number | null } {
  if (SIGNATURE.some((byte, at) => png[at] !== byte)) throw new ReadBackError('The file is not a PNG');
  const file = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  let header: Buffer | null = null;
  let pixelsPerMetre: number | null = null;
  const data: Uint8Array[] = [];
  for (let at = SIGNATURE.length, isEnd = false; !isEnd; ) {
    if (at + 12 > file.length) throw new ReadBackError('The file breaks off before its last chunk');
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) throw new ReadBackError('A chunk is longer than the file');
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, end);
    if (file.readUInt32BE(end) !== crc32(file.subarray(at + 4, end))) {
      throw new ReadBackError(`The checksum of ${type} is wrong`);
    }
    if (type === 'IHDR') header = body;
    else if (type === 'IDAT') data.push(body);
    else if (type === 'pHYs') {
      if (body.readUInt32BE(0) !== body.readUInt32BE(4) || body.readUInt8(8) !== 1) {
        throw new ReadBackError('The pixels are not square or pHYs is not in metres');
      }
      pixelsPerMetre = body.readUInt32BE(0);
    }
    isEnd = type === 'IEND';
    at = end + 4;
  }
  if (!header) throw new ReadBackError('The file has no header');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 0 ? 1 : 3;
  if (header[8] !== 8 || (header[9] !== 0 && header[9] !== 2) || header[12] !== 0) {
    throw new ReadBackError('The picture is not 8-bit greyscale or RGB');
  }
  if (width * height > MAX_PIXELS) throw new ReadBackError(`${width} × ${height} px are too many to unpack`);
  return { width, height, channels, data: unfilter(data, width * channels, height), pixelsPerMetre };
}

function unfilter(data: Uint8Array[], rowBytes: number, height: number): Uint8Array {
  const bytes = (rowBytes + 1) * height;
  const raw = inflateSync(Buffer.concat(data), { maxOutputLength: bytes + 1 });
  if (raw.length !== bytes) throw new ReadBackError('There are not as many pixels as the header says');
  const pixels = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const from = y * (rowBytes + 1);
    if (raw[from] !== FILTER_UP) throw new ReadBackError(`Row ${y} has the unknown filter ${raw[from]}`);
    const to = y * rowBytes;
    for (let i = 0; i < rowBytes; i++) {
      pixels[to + i] = (raw[from + 1 + i] ?? 0) + (y === 0 ? 0 : (pixels[to + i - rowBytes] ?? 0));
    }
  }
  return pixels;
}
