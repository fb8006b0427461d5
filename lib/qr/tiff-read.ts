import { inflateSync } from 'node:zlib';
import { sampleModules } from './png-read';
import type { Pixels } from './png-shaded';
import type { TwoColours } from './png-write';
import { ReadBackError, type SymbolRaster } from './raster';

/** What a TIFF says of itself, and its rows: packed bits with 1 as dark, or pixels of three bytes. */
export type TiffFacts = {
  widthPx: number;
  heightPx: number;
  /** As the file's own fraction makes it. */
  widthMm: number;
} & ({ kind: 'bilevel'; bits: Uint8Array; colours: TwoColours | null } | { kind: 'rgb'; pixels: Pixels });

const MAX_BYTES = 4_800 * 9_600 * 3;

/**
 * Reads back a TIFF of `writeTiff` or `writeRgbTiff` from its strips, tag by tag.
 *
 * @throws ReadBackError  a tag that is missing or says something else, or strips that do not unpack to all rows
 */
export function readTiff(file: Uint8Array): TiffFacts {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint32(0) !== 0x49492a00) throw new ReadBackError('The file is not a little-endian TIFF');
  const tags = readDirectory(view);
  const valuesOf = (tag: number): number[] => {
    const values = tags.get(tag);
    if (!values) throw new ReadBackError(`The tag ${tag} is missing`);
    return values;
  };
  const one = (tag: number): number => valuesOf(tag)[0] ?? 0;

  const [widthPx, heightPx] = [one(256), one(257)];
  const [numerator = 0, denominator = 0] = valuesOf(282);
  if (valuesOf(283).join() !== `${numerator},${denominator}`)
    throw new ReadBackError('The pixels are not square');
  if (one(296) !== 2) throw new ReadBackError('The resolution is not per inch');
  const facts = { widthPx, heightPx, widthMm: (widthPx * 25.4 * denominator) / numerator };

  const isRgb = one(262) === 2;
  const rowBytes = isRgb ? widthPx * 3 : Math.ceil(widthPx / 8);
  if (rowBytes * heightPx > MAX_BYTES) throw new ReadBackError('There are too many pixels to unpack');
  const unpack = one(259) === 32773 ? unpackBits : inflateBounded;
  const data = new Uint8Array(rowBytes * heightPx);
  let at = 0;
  valuesOf(273).forEach((offset, strip) => {
    const rows = Math.min(one(278), heightPx - strip * one(278));
    const packed = file.subarray(offset, offset + (valuesOf(279)[strip] ?? 0));
    const bytes = unpack(packed, rows * rowBytes);
    if (bytes.length !== rows * rowBytes) throw new ReadBackError(`Strip ${strip} has not all of its rows`);
    data.set(bytes, at);
    at += bytes.length;
  });
  if (at !== data.length) throw new ReadBackError('There are rows missing');
  if (isRgb) {
    if (valuesOf(258).join() !== '8,8,8') throw new ReadBackError('The picture is not 8-bit RGB');
    return { ...facts, kind: 'rgb', pixels: { width: widthPx, height: heightPx, channels: 3, data } };
  }
  if (one(258) !== 1) throw new ReadBackError('The picture is not of one bit a pixel');
  const photometric = one(262);
  if (photometric !== 0 && photometric !== 3)
    throw new ReadBackError(`Photometric ${photometric} is not known`);
  return {
    ...facts,
    kind: 'bilevel',
    bits: data,
    colours: photometric === 3 ? readColours(valuesOf(320)) : null,
  };
}

/** The symbol of a two-tone TIFF, a cell a module; every pixel of a module must be equal. */
export function sampleTiff(
  { widthPx, bits }: { widthPx: number; bits: Uint8Array },
  pxPerModule: number,
): SymbolRaster {
  if (widthPx % pxPerModule !== 0) throw new ReadBackError(`${widthPx} px are not a whole number of modules`);
  return sampleModules(
    bits.map((byte) => ~byte & 0xff),
    widthPx,
    pxPerModule,
  );
}

function readDirectory(view: DataView): Map<number, number[]> {
  const start = view.getUint32(4, true);
  const tags = new Map<number, number[]>();
  for (let i = 0; i < view.getUint16(start, true); i++) {
    const at = start + 2 + 12 * i;
    const type = view.getUint16(at + 2, true);
    const count = view.getUint32(at + 4, true) * (type === 5 ? 2 : 1);
    const bytes = type === 3 ? 2 : 4;
    const from = count * bytes <= 4 ? at + 8 : view.getUint32(at + 8, true);
    if (from + count * bytes > view.byteLength) throw new ReadBackError('A tag points beyond the file');
    tags.set(
      view.getUint16(at, true),
      Array.from({ length: count }, (_, k) =>
        type === 3 ? view.getUint16(from + 2 * k, true) : view.getUint32(from + 4 * k, true),
      ),
    );
  }
  return tags;
}

function readColours(map: number[]): TwoColours {
  const colour = (index: number) =>
    `#${[0, 2, 4].map((at) => ((map[at + index] ?? 0) >> 8).toString(16).padStart(2, '0')).join('')}`;
  return { light: colour(0), dark: colour(1) };
}

function inflateBounded(packed: Uint8Array, bytes: number): Uint8Array {
  return inflateSync(packed, { maxOutputLength: bytes + 1 });
}

function unpackBits(packed: Uint8Array, bytes: number): Uint8Array {
  const unpacked = new Uint8Array(bytes);
  let to = 0;
  for (let at = 0; at < packed.length; ) {
    const head = packed[at++] ?? 0;
    if (head < 128) {
      unpacked.set(packed.subarray(at, at + head + 1), to);
      at += head + 1;
      to += head + 1;
    } else if (head > 128) {
      unpacked.fill(packed[at++] ?? 0, to, to + 257 - head);
      to += 257 - head;
    }
  }
  if (to !== bytes) throw new ReadBackError('A strip unpacks to another length');
  return unpacked;
}
