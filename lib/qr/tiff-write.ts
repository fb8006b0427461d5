import { deflateSync } from 'node:zlib';
import { printGeometry } from './geometry';
import type { QrMatrix } from './matrix';
import type { TwoColours } from './png-write';

/** Strips of about so many bytes before packing: what readers of TIFF 6.0 like, several times over. */
const STRIP_BYTES = 64 * 1024;

const TYPE = { short: 3, long: 4, rational: 5 } as const;
type Entry = { tag: number; type: keyof typeof TYPE; values: number[] };

/** Rows of one bit a pixel, 1 is dark, each with how many times it is repeated. */
export type PackedRow = { row: Uint8Array; times: number };
export type PackedRows = Iterable<PackedRow>;

type Page = { widthPx: number; heightPx: number; widthMm: number };

/**
 * Writes a TIFF of one bit a pixel: line art of a single ink, as page-layout programs and imposition software take it.
 *
 * @param widthMm  by which XResolution and YResolution are exact fractions of dots per inch
 * @param colours  other than black on white, as a palette of two
 *
 * TIFF 6.0: little endian, PackBits (section 9), PhotometricInterpretation 0 (white is zero) or 3 (palette).
 */
export function writeTiff(page: Page, rows: PackedRows, colours: TwoColours | null): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil(page.widthPx / 8);
  const rowsPerStrip = Math.max(1, Math.floor(STRIP_BYTES / rowBytes));
  const strips: Uint8Array[] = [];
  let strip: Uint8Array[] = [];
  for (const { row, times } of rows) {
    const packed = packBits(row);
    for (let i = 0; i < times; i++) {
      strip.push(packed);
      if (strip.length < rowsPerStrip) continue;
      strips.push(Buffer.concat(strip));
      strip = [];
    }
  }
  if (strip.length > 0) strips.push(Buffer.concat(strip));
  return assemble(page, rowsPerStrip, strips, [
    { tag: 258, type: 'short', values: [1] },
    { tag: 259, type: 'short', values: [32773] },
    { tag: 262, type: 'short', values: [colours ? 3 : 0] },
    { tag: 277, type: 'short', values: [1] },
    ...(colours ? [paletteEntry(colours)] : []),
  ]);
}

/** Writes a TIFF of three bytes a pixel, deflated: for a logo in colours. */
export function writeRgbTiff(page: Page, rgb: Uint8Array): Uint8Array<ArrayBuffer> {
  const rowBytes = page.widthPx * 3;
  const rowsPerStrip = Math.max(1, Math.floor((8 * STRIP_BYTES) / rowBytes));
  const strips: Uint8Array[] = [];
  for (let y = 0; y < page.heightPx; y += rowsPerStrip) {
    strips.push(deflateSync(rgb.subarray(y * rowBytes, (y + rowsPerStrip) * rowBytes), { level: 4 }));
  }
  return assemble(page, rowsPerStrip, strips, [
    { tag: 258, type: 'short', values: [8, 8, 8] },
    { tag: 259, type: 'short', values: [8] },
    { tag: 262, type: 'short', values: [2] },
    { tag: 277, type: 'short', values: [3] },
    { tag: 284, type: 'short', values: [1] },
  ]);
}

/** The symbol's rows, quiet zone included, as `writeTiff` takes them. */
export function* symbolRows(
  matrix: QrMatrix,
  print: { sizeMm: number; dotsPerInch: number; quietZoneModules: number },
): Generator<PackedRow> {
  const { size, cells } = matrix;
  const { pxPerModule, sidePx } = printGeometry({ ...print, modules: size });
  const quietPx = print.quietZoneModules * pxPerModule;
  const light = new Uint8Array(Math.ceil(sidePx / 8));
  yield { row: light, times: quietPx };
  for (let y = 0; y < size; y++) {
    const row = new Uint8Array(light.length);
    for (let x = 0; x < size; x++) {
      if (cells[y * size + x] === 1) darken(row, quietPx + x * pxPerModule, pxPerModule);
    }
    yield { row, times: pxPerModule };
  }
  yield { row: light, times: quietPx };
}

function darken(row: Uint8Array, from: number, count: number): void {
  for (let x = from; x < from + count; x++) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7));
}

const paletteEntry = (colours: TwoColours): Entry => ({
  tag: 320,
  type: 'short',
  values: colourMap(colours),
});

/** Index 0 is light, 1 is dark; all reds, then all greens, then all blues, in sixteen bits. */
function colourMap({ dark, light }: TwoColours): number[] {
  return [1, 3, 5].flatMap((at) =>
    [light, dark].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16) * 257),
  );
}

function assemble(
  page: Page,
  rowsPerStrip: number,
  strips: Uint8Array[],
  entries: Entry[],
): Uint8Array<ArrayBuffer> {
  // In thousandths of a millimetre, so that the fraction is exact and the file opens at exactly its size.
  const dotsPerInch = [page.widthPx * 25_400, Math.round(page.widthMm * 1000)];
  const all: Entry[] = [
    ...entries,
    { tag: 256, type: 'long', values: [page.widthPx] },
    { tag: 257, type: 'long', values: [page.heightPx] },
    { tag: 273, type: 'long', values: strips.map(() => 0) },
    { tag: 278, type: 'long', values: [rowsPerStrip] },
    { tag: 279, type: 'long', values: strips.map(({ length }) => length) },
    { tag: 282, type: 'rational', values: dotsPerInch },
    { tag: 283, type: 'rational', values: dotsPerInch },
    { tag: 296, type: 'short', values: [2] },
  ];
  all.sort((a, b) => a.tag - b.tag);

  const bytesOf = ({ type, values }: Entry) => values.length * (type === 'short' ? 2 : 4);
  const directoryBytes = 2 + 12 * all.length + 4;
  let dataAt = 8 + directoryBytes;
  const placed = all.map((entry) => {
    const bytes = bytesOf(entry);
    const at = bytes <= 4 ? null : dataAt;
    if (at !== null) dataAt += bytes + (bytes & 1);
    return { entry, at };
  });
  const stripOffsets = all.find(({ tag }) => tag === 273);
  let stripAt = dataAt;
  if (stripOffsets) {
    stripOffsets.values = strips.map(({ length }) => {
      const at = stripAt;
      stripAt += length;
      return at;
    });
  }

  const file = new Uint8Array(stripAt);
  const view = new DataView(file.buffer);
  file.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, all.length, true);
  placed.forEach(({ entry, at }, index) => {
    const to = 10 + 12 * index;
    view.setUint16(to, entry.tag, true);
    view.setUint16(to + 2, TYPE[entry.type], true);
    view.setUint32(to + 4, entry.type === 'rational' ? entry.values.length / 2 : entry.values.length, true);
    if (at !== null) view.setUint32(to + 8, at, true);
    entry.values.forEach((value, i) => {
      if (entry.type === 'short') view.setUint16((at ?? to + 8) + 2 * i, value, true);
      else view.setUint32((at ?? to + 8) + 4 * i, value, true);
    });
  });
  strips.reduce((at, strip) => {
    file.set(strip, at);
    return at + strip.length;
  }, dataAt);
  return file;
}

/** Runs of three and more as two bytes, the rest as they are (TIFF 6.0, section 9). */
function packBits(row: Uint8Array): Uint8Array {
  const packed: number[] = [];
  let literalStart = 0;
  const flush = (end: number) => {
    for (let at = literalStart; at < end; at += 128) {
      const chunk = row.subarray(at, Math.min(end, at + 128));
      packed.push(chunk.length - 1, ...chunk);
    }
  };
  for (let at = 0; at < row.length; ) {
    let end = at + 1;
    while (end < row.length && row[end] === row[at] && end - at < 128) end++;
    if (end - at >= 3) {
      flush(at);
      packed.push(257 - (end - at), row[at] ?? 0);
      literalStart = end;
    }
    at = end;
  }
  flush(row.length);
  return Uint8Array.from(packed);
}
