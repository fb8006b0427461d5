import { ReadBackError, readSvg, type SymbolRaster } from '../qr';
import { type Pixels, readPng, readShadedPng, readTiff, sampleTiff, type TwoColours } from '../qr/png';
import { isBilevel, isOneInk } from './check-design';
import { toRgb } from './contrast';
import type { PrintFormat } from './design-types';
import type { Picture } from './drawing/picture';
import { rasterSize } from './drawing/raster-file';
import { blur, shrinkPixels } from './proof/grey';
import { type GreySquare, lumaOf, type PaintedPage, renderSquare } from './proof/paints';
import { readDesignSvg } from './proof/read-design-svg';
import { readEps } from './proof/read-eps';
import { readPdf } from './proof/read-pdf';
import { requireCells, requireTones } from './proof/require-modules';
import { sampleModules } from './proof/sample-modules';
import { readGrey, readSymbol } from './read-symbol';

/** Pixels a module at which a picture with shades, or one that was painted from a vector file, is read. */
const PX_PER_MODULE = 5;

/** Pixels a module from which on a picture is blurred before it is read. */
const LEAST_BLURRED_PX = 3;

/** A hundredth of a millimetre: less than the thinnest line of any press. */
const SIZE_TOLERANCE_MM = 0.01;

/** Shades that the quiet zone may differ by from the background it should have. */
const TONE_TOLERANCE = 6;

/**
 * Proves a finished file from its own bytes: it states the size that was asked for, its modules are even or, where they are
 * round or hidden by a logo, still read when blurred; its quiet zone is free; its caption can be found; an independent reader
 * finds exactly the url in it; and no module differs from the symbol that was meant, though a reader would mend it.
 *
 * @returns the text that was read
 * @throws ReadBackError  any of it is not so; the message says what
 */
export async function proveFile(file: Uint8Array, picture: Picture, format: PrintFormat): Promise<string> {
  const text = await readFileText(file, picture, format);
  if (text === null) throw new ReadBackError('No symbol could be read');
  if (text !== picture.url) throw new ReadBackError('The symbol holds another text than the url');
  return text;
}

function readFileText(file: Uint8Array, picture: Picture, format: PrintFormat): Promise<string | null> {
  switch (format) {
    case 'png':
      return isBilevel(picture.design)
        ? readCells(provePng(file, picture), picture)
        : readShaded(proveShadedPng(file, picture), picture);
    case 'tiff':
      return proveTiff(file, picture);
    case 'svg':
      return isOneInk(picture.design) && !picture.caption
        ? readCells(proveSvg(file, picture), picture)
        : readPainted(requireCaption(readDesignSvg(file), picture), picture);
    case 'pdf':
      return readPainted(requireCaption(readPdf(file), picture), picture);
    case 'eps':
      return readPainted(readEps(file), picture);
  }
}

async function readCells(raster: SymbolRaster, picture: Picture): Promise<string | null> {
  requireQuietZone(raster, picture.design.quietZoneModules);
  const text = await readSymbol(raster);
  // Of another code every other module differs: that it is another says more.
  if (text === picture.url) requireCells(raster, picture);
  return text;
}

function provePng(file: Uint8Array, picture: Picture): SymbolRaster {
  const size = rasterSize(picture);
  const { raster, sidePx, heightPx, pixelsPerMetre, colours } = readPng(file, size.pxPerModule);
  requirePixels({ width: sidePx, height: heightPx }, picture);
  requireDensity(pixelsPerMetre, picture);
  requireColours(colours, picture);
  return raster;
}

function proveShadedPng(file: Uint8Array, picture: Picture): Pixels {
  const pixels = readShadedPng(file);
  requirePixels(pixels, picture);
  requireDensity(pixels.pixelsPerMetre, picture);
  return pixels;
}

async function proveTiff(file: Uint8Array, picture: Picture): Promise<string | null> {
  const tiff = readTiff(file);
  requirePixels({ width: tiff.widthPx, height: tiff.heightPx }, picture);
  requireSize('wide', tiff.widthMm, picture.design.sizeMm);
  if (tiff.kind === 'rgb') return readShaded(tiff.pixels, picture);
  requireColours(tiff.colours, picture);
  if (isBilevel(picture.design)) {
    return readCells(sampleTiff(tiff, rasterSize(picture).pxPerModule), picture);
  }
  return readShaded(unpackBits(tiff, picture), picture);
}

function proveSvg(file: Uint8Array, picture: Picture): SymbolRaster {
  const { raster, sizeMm } = readSvg(new TextDecoder().decode(file));
  requireSize('wide', sizeMm, picture.design.sizeMm);
  return raster;
}

/** Two tones in the tones that the palette gives them. */
function unpackBits({ widthPx, bits }: { widthPx: number; bits: Uint8Array }, { design }: Picture): Pixels {
  const [dark, light] = [lumaOf(toRgb(design.foreground)), lumaOf(toRgb(design.background))];
  const rowBytes = Math.ceil(widthPx / 8);
  const data = new Uint8Array(widthPx * widthPx);
  for (let y = 0, at = 0; y < widthPx; y++) {
    for (let x = 0; x < widthPx; x++, at++) {
      data[at] = ((bits[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? dark : light;
    }
  }
  return { width: widthPx, height: widthPx, channels: 1, data };
}

function readShaded(pixels: Pixels, picture: Picture): Promise<string | null> {
  const side = Math.min(pixels.width, picture.side * PX_PER_MODULE);
  return readSquare(shrinkPixels(pixels, side), picture);
}

function readPainted(page: PaintedPage, picture: Picture): Promise<string | null> {
  requireSize('wide', page.widthMm, picture.design.sizeMm);
  requireSize('high', page.heightMm, picture.height * picture.moduleMm);
  return readPlaced(page, picture, { leftMm: 0, topMm: 0 });
}

/**
 * Reads one symbol out of a page that holds it at a place.
 *
 * @throws ReadBackError  its quiet zone is not free, or its caption is not on the page
 */
export function readPlaced(
  { paints }: Pick<PaintedPage, 'paints'>,
  picture: Picture,
  place: { leftMm: number; topMm: number },
): Promise<string | null> {
  const box = { ...place, sideMm: picture.side * picture.moduleMm };
  const raster = isBilevel(picture.design)
    ? toRaster(sampleModules(paints, box, picture.side), picture)
    : null;
  if (raster) return readCells(raster, picture);
  return readSquare(renderSquare(paints, box, picture.side * PX_PER_MODULE), picture);
}

/** Modules of the design's two tones as cells; null when there are others, or something lies across a module. */
function toRaster(square: GreySquare | null, { design }: Picture): SymbolRaster | null {
  if (!square) return null;
  const [dark, light] = [lumaOf(toRgb(design.foreground)), lumaOf(toRgb(design.background))];
  if (square.data.some((tone) => tone !== dark && tone !== light)) return null;
  return { side: square.side, cells: square.data.map((tone) => (tone === dark ? 1 : 0)) };
}

async function readSquare(square: GreySquare, picture: Picture): Promise<string | null> {
  requireFreeEdge(square, picture);
  // Blurred, dots meet as a camera lets them; where a module has two pixels there is nothing left to blur.
  const isCoarse = square.side < LEAST_BLURRED_PX * picture.side;
  const { data, side } = isBilevel(picture.design) || isCoarse ? square : blur(square);
  const text = await readGrey(data, side);
  if (text === picture.url) requireTones(square, picture);
  return text;
}

/** The quiet zone in pixels: all of it in the background's tone, but for the last pixel before the symbol. */
function requireFreeEdge({ side, data }: GreySquare, { design, side: modules }: Picture): void {
  const free = Math.floor((design.quietZoneModules * side) / modules) - 1;
  const tone = lumaOf(toRgb(design.background));
  const isEdge = (at: number) => at < free || at >= side - free;
  const spoilt = data.findIndex(
    (value, at) =>
      Math.abs(value - tone) > TONE_TOLERANCE && (isEdge(at % side) || isEdge(Math.floor(at / side))),
  );
  if (spoilt !== -1) throw new ReadBackError('The quiet zone is not free');
}

/** What a search finds in the file is the caption of this very picture. */
export function requireCaption(page: PaintedPage, { caption }: Picture): PaintedPage {
  const wanted = caption?.lines.map((line) => line.text).join(' ') ?? '';
  const found = page.texts
    .join(' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');
  if (found !== wanted) throw new ReadBackError('The file holds another caption');
  return page;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function requirePixels({ width, height }: { width: number; height: number }, picture: Picture): void {
  const { widthPx, heightPx } = rasterSize(picture);
  if (width !== widthPx || height !== heightPx) {
    throw new ReadBackError(`${width} × ${height} px instead of ${widthPx} × ${heightPx}`);
  }
}

function requireDensity(stated: number | null, picture: Picture): void {
  const { pixelsPerMetre } = rasterSize(picture);
  if (stated !== pixelsPerMetre) {
    throw new ReadBackError(`${stated} pixels per metre instead of ${pixelsPerMetre}`);
  }
}

function requireColours(colours: TwoColours | null, { design }: Picture): void {
  const [dark, light] = [colours?.dark ?? '#000000', colours?.light ?? '#ffffff'];
  if (dark !== design.foreground || light !== design.background) {
    throw new ReadBackError(`The colours are ${dark} on ${light}`);
  }
}

function requireSize(what: 'wide' | 'high', mm: number, wantedMm: number): void {
  if (!(Math.abs(mm - wantedMm) <= SIZE_TOLERANCE_MM)) {
    throw new ReadBackError(`${mm} mm ${what} instead of ${wantedMm}`);
  }
}

function requireQuietZone({ side, cells }: SymbolRaster, quietZoneModules: number): void {
  const far = side - quietZoneModules;
  const isQuiet = (at: number) => at < quietZoneModules || at >= far;
  const dark = cells.findIndex(
    (cell, at) => cell === 1 && (isQuiet(at % side) || isQuiet(Math.floor(at / side))),
  );
  if (dark !== -1)
    throw new ReadBackError(`The quiet zone is dark at module ${dark % side} ${Math.floor(dark / side)}`);
  // The finder begins where the quiet zone ends, on three corners: it is not wider on one side than on another.
  const corners = [
    quietZoneModules * side + quietZoneModules,
    quietZoneModules * side + far - 1,
    (far - 1) * side + quietZoneModules,
  ];
  if (corners.some((at) => cells[at] !== 1)) throw new ReadBackError('The symbol is not where it should be');
}
