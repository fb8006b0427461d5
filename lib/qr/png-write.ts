import { MAX_ROUNDED_SIDE_PX, printGeometry } from './geometry';
import { type QrMatrix, QUIET_ZONE_MODULES } from './matrix';
import { crc32 } from './png-crc';
import { RowDeflater } from './png-deflate';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const HEADER_BYTES = signature.length + (12 + 13) + (12 + 9) + (12 + 6);

/** Rows of two tones below a symbol, for its caption: where the colour changes, as `RowDeflater.putRow` takes it. */
export type FooterRow = Uint16Array;

/** `#rrggbb` each. */
export type TwoColours = { dark: string; light: string };

/**
 * Writes a QR symbol as a 1-bit greyscale PNG for print.
 *
 * Every module is a whole number of pixels, so no edge is blurred; pHYs is set so that the file opens at exactly `sizeMm`.
 * Greyscale and not indexed: page-layout programs import an indexed file as RGB and separate its black into four inks.
 *
 * @param sizeMm            outer width in millimetres, quiet zone included; bounded by `checkPrintSize` beforehand
 * @param quietZoneModules  4 or more on every side
 * @param footer            pixel rows below the symbol
 * @param colours           other than black on white; the file is indexed then
 * @throws RangeError  a quiet zone below 4 modules, or numbers that give no picture
 *
 * PNG specification: colour type 0 (3 with colours), bit depth 1, no interlace, filter 0; pHYs in pixels per metre.
 */
export function writePng(
  matrix: QrMatrix,
  options: {
    sizeMm: number;
    dotsPerInch: number;
    quietZoneModules: number;
    footer?: readonly FooterRow[];
    colours?: TwoColours | null;
  },
): Uint8Array<ArrayBuffer> {
  const { sizeMm, dotsPerInch, quietZoneModules, footer = [], colours = null } = options;
  if (!Number.isInteger(quietZoneModules) || quietZoneModules < QUIET_ZONE_MODULES) {
    throw new RangeError(`A quiet zone has at least ${QUIET_ZONE_MODULES} modules, not ${quietZoneModules}`);
  }
  const { sidePx, pxPerModule, pixelsPerMetre } = printGeometry({
    sizeMm,
    dotsPerInch,
    quietZoneModules,
    modules: matrix.size,
  });
  const heightPx = sidePx + footer.length;
  if (
    !(
      heightPx <= 2 * MAX_ROUNDED_SIDE_PX &&
      sidePx <= MAX_ROUNDED_SIDE_PX &&
      pixelsPerMetre > 0 &&
      pixelsPerMetre < 2 ** 31
    )
  ) {
    throw new RangeError(`No picture is ${sizeMm} mm wide at ${dotsPerInch} dpi`);
  }
  const rowBytes = (sidePx + 7) >> 3;
  const distinctRows = matrix.size + 2 + footer.length;
  const file = workspace(HEADER_BYTES + 24 + RowDeflater.maxBytes(rowBytes, heightPx, distinctRows));
  const view = new DataView(file.buffer);

  file.set(signature);
  let at = beginChunk(view, signature.length, 'IHDR');
  view.setUint32(at, sidePx);
  view.setUint32(at + 4, heightPx);
  file.set([1, colours ? 3 : 0, 0, 0, 0], at + 8);
  at = endChunk(view, file, at, at + 13);

  at = beginChunk(view, at, 'pHYs');
  view.setUint32(at, pixelsPerMetre);
  view.setUint32(at + 4, pixelsPerMetre);
  file[at + 8] = 1;
  at = endChunk(view, file, at, at + 9);

  if (colours) {
    at = beginChunk(view, at, 'PLTE');
    file.set([...toBytes(colours.dark), ...toBytes(colours.light)], at);
    at = endChunk(view, file, at, at + 6);
  }

  at = beginChunk(view, at, 'IDAT');
  const deflater = new RowDeflater(view, at, rowBytes);
  writeRows(deflater, matrix, pxPerModule, quietZoneModules);
  for (const row of footer) deflater.putRow(row, row.length, 1);
  at = endChunk(view, file, at, deflater.finish());

  at = beginChunk(view, at, 'IEND');
  return file.slice(0, endChunk(view, file, at, at));
}

/** `#rrggbb` as three bytes. */
const toBytes = (colour: string) => Buffer.from(colour.slice(1), 'hex');

function writeRows(
  deflater: RowDeflater,
  matrix: QrMatrix,
  pxPerModule: number,
  quietZoneModules: number,
): void {
  const { size, cells } = matrix;
  const quietPx = quietZoneModules * pxPerModule;

  deflater.putRow(edges, 0, quietPx);
  for (let rowStart = 0; rowStart < cells.length; rowStart += size) {
    let count = 0;
    let colour = 0;
    for (let column = 0; column < size; column++) {
      // Without a branch: which way a module turns is what a processor cannot foretell.
      const cell = cells[rowStart + column] ?? 0;
      edges[count] = quietPx + column * pxPerModule;
      count += cell ^ colour;
      colour = cell;
    }
    if (colour === 1) edges[count++] = quietPx + size * pxPerModule;
    deflater.putRow(edges, count, pxPerModule);
  }
  deflater.putRow(edges, 0, quietPx);
}

/** Where the colour changes in the row at hand; 177 modules at most. */
const edges = new Uint16Array(177 + 1);
let kept = new Uint8Array(2 ** 15);

/** Bytes to write in, not cleared. A usual picture needs 10 KB and asking for fresh ones each time costs as much as its rows. */
function workspace(bytes: number): Uint8Array<ArrayBuffer> {
  if (bytes > 2 ** 20) return new Uint8Array(bytes);
  if (bytes > kept.length) kept = new Uint8Array(bytes);
  return kept;
}

/** Leaves room for the length, writes the type, returns where the data begin. */
function beginChunk(view: DataView, at: number, type: 'IHDR' | 'pHYs' | 'PLTE' | 'IDAT' | 'IEND'): number {
  for (let i = 0; i < 4; i++) view.setUint8(at + 4 + i, type.charCodeAt(i));
  return at + 8;
}

/** Fills in the length and the checksum of a chunk, returns where the next one begins. */
function endChunk(view: DataView, file: Uint8Array, dataStart: number, dataEnd: number): number {
  view.setUint32(dataStart - 8, dataEnd - dataStart);
  view.setUint32(dataEnd, crc32(file.subarray(dataStart - 4, dataEnd)));
  return dataEnd + 4;
}
