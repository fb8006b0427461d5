import { OutlineFill, type OutlineStep, printGeometry } from '../../qr';
import {
  type FooterRow,
  type PackedRow,
  type PackedRows,
  type Pixels,
  symbolRows,
  type TwoColours,
  writePng,
  writeRgbTiff,
  writeShadedPng,
  writeTiff,
} from '../../qr/png';
import { isBilevel } from '../check-design';
import { toRgb } from '../contrast';
import type { LogoPixels } from './logo-pixels';
import type { Picture } from './picture';

/** Rows filled at a time, so that the sums of the largest picture stay small. */
const BAND_ROWS = 256;

/** From here on a pixel of a caption or a round shape is dark, where there are two tones only. */
const HALF_COVERED = 128;

/** Pixels of a picture. Its height is rounded up to whole ones; the width is whole modules. */
export type RasterSize = { pxPerModule: number; widthPx: number; heightPx: number; pixelsPerMetre: number };

export function rasterSize({ design, matrix, height }: Picture): RasterSize {
  const { pxPerModule, sidePx, pixelsPerMetre } = printGeometry({ ...design, modules: matrix.size });
  return { pxPerModule, widthPx: sidePx, heightPx: Math.ceil(height * pxPerModule - 1e-6), pixelsPerMetre };
}

/** One bit a pixel wherever two tones do; eight for round shapes and logos. */
export function writePngFile(picture: Picture, logo: LogoPixels | null): Uint8Array<ArrayBuffer> {
  if (!isBilevel(picture.design))
    return writeShadedPng(shade(picture, logo), rasterSize(picture).pixelsPerMetre);
  const { pxPerModule, widthPx, heightPx } = rasterSize(picture);
  const outline = picture.caption?.outline ?? [];
  return writePng(picture.matrix, {
    ...picture.design,
    colours: twoColours(picture),
    footer: [...edgesOf(outline, widthPx, pxPerModule, widthPx, heightPx)],
  });
}

/** One bit a pixel, round shapes too, as line art is wanted; RGB for a logo alone. */
export function writeTiffFile(picture: Picture, logo: LogoPixels | null): Uint8Array<ArrayBuffer> {
  const { pxPerModule, widthPx, heightPx } = rasterSize(picture);
  const page = { widthPx, heightPx, widthMm: picture.design.sizeMm };
  if (logo) return writeRgbTiff(page, shade(picture, logo).data);
  const { design, matrix, symbol, caption } = picture;
  if (!isBilevel(design)) {
    const outline = [...symbol, ...(caption?.outline ?? [])];
    return writeTiff(page, packedRows(outline, widthPx, pxPerModule, 0, heightPx), twoColours(picture));
  }
  return writeTiff(
    page,
    concat(
      symbolRows(matrix, design),
      packedRows(caption?.outline ?? [], widthPx, pxPerModule, widthPx, heightPx),
    ),
    twoColours(picture),
  );
}

function twoColours({ design: { foreground, background } }: Picture): TwoColours | null {
  return foreground === '#000000' && background === '#ffffff'
    ? null
    : { dark: foreground, light: background };
}

/** Every row between `top` and `end` of an outline in modules, as bytes of coverage. */
function* coveredRows(
  outline: readonly OutlineStep[],
  widthPx: number,
  pxPerModule: number,
  top: number,
  end: number,
): Generator<Uint8Array> {
  const fill = new OutlineFill(outline, widthPx, pxPerModule);
  for (let bandTop = top; bandTop < end; bandTop += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, end - bandTop);
    const band = fill.coverage(bandTop, rows);
    for (let row = 0; row < rows; row++) yield band.subarray(row * widthPx, (row + 1) * widthPx);
  }
}

function* edgesOf(...args: Parameters<typeof coveredRows>): Generator<FooterRow> {
  for (const row of coveredRows(...args)) {
    const edges: number[] = [];
    let isDark = false;
    for (let x = 0; x < row.length; x++) {
      if ((row[x] ?? 0) >= HALF_COVERED === isDark) continue;
      isDark = !isDark;
      edges.push(x);
    }
    if (isDark) edges.push(row.length);
    yield Uint16Array.from(edges);
  }
}

function* packedRows(...args: Parameters<typeof coveredRows>): Generator<PackedRow> {
  for (const row of coveredRows(...args)) {
    const packed = new Uint8Array(Math.ceil(row.length / 8));
    for (let x = 0; x < row.length; x++) {
      if ((row[x] ?? 0) >= HALF_COVERED) packed[x >> 3] = (packed[x >> 3] ?? 0) | (0x80 >> (x & 7));
    }
    yield { row: packed, times: 1 };
  }
}

function* concat(...parts: PackedRows[]): Generator<PackedRow> {
  for (const part of parts) yield* part;
}

/** The whole picture with its shades, in one channel as long as nothing in it has a colour. */
export function shade(picture: Picture, logo: LogoPixels | null): Pixels {
  const { design, symbol, caption, logoBox } = picture;
  const { pxPerModule, widthPx, heightPx } = rasterSize(picture);
  const [front, back] = [toRgb(design.foreground), toRgb(design.background)];
  const isGrey = [front, back].every(({ red, green, blue }) => red === green && green === blue);
  const channels = isGrey && !logo ? 1 : 3;
  const tones = (['red', 'green', 'blue'] as const)
    .slice(0, channels)
    .map((part) =>
      Uint8Array.from({ length: 256 }, (_, at) => back[part] + ((front[part] - back[part]) * at) / 255 + 0.5),
    );
  const data = new Uint8Array(widthPx * heightPx * channels);
  let to = 0;
  for (const row of coveredRows(
    [...symbol, ...(caption?.outline ?? [])],
    widthPx,
    pxPerModule,
    0,
    heightPx,
  )) {
    for (const covered of row) {
      for (const tone of tones) data[to++] = tone[covered] ?? 0;
    }
  }
  if (logo && logoBox) {
    const [left, top] = [Math.round(logoBox.left * pxPerModule), Math.round(logoBox.top * pxPerModule)];
    const rowBytes = logo.sidePx * 3;
    for (let y = 0; y < logo.sidePx; y++) {
      data.set(logo.rgb.subarray(y * rowBytes, (y + 1) * rowBytes), ((top + y) * widthPx + left) * 3);
    }
  }
  return { width: widthPx, height: heightPx, channels, data };
}

/** Pixels on a side of the box that a logo is drawn in. */
export function logoSidePx(picture: Picture): number {
  return Math.round((picture.logoBox?.side ?? 0) * rasterSize(picture).pxPerModule);
}
