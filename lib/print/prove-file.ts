import { type PrintGeometry, ReadBackError, readSvg, type SymbolRaster } from '../qr';
import { readPng } from '../qr/png';
import { readSymbol } from './read-symbol';
import type { DrawRequest } from './schemas';

/**
 * Proves a finished file from its own bytes: it states the size that was asked for, its modules are even, its quiet zone is
 * white, and an independent reader finds exactly the url in it.
 *
 * @returns the text that was read
 * @throws ReadBackError  any of it is not so; the message says what
 */
export async function proveFile(
  file: Uint8Array,
  request: DrawRequest,
  geometry: PrintGeometry,
): Promise<string> {
  const raster = request.format === 'png' ? provePng(file, geometry) : proveSvg(file, request);
  requireQuietZone(raster, request.quietZoneModules);
  const text = await readSymbol(raster);
  if (text === null) throw new ReadBackError('No symbol could be read');
  if (text !== request.url) throw new ReadBackError('The symbol holds another text than the url');
  return text;
}

function provePng(file: Uint8Array, geometry: PrintGeometry): SymbolRaster {
  const { raster, sidePx, pixelsPerMetre } = readPng(file, geometry.pxPerModule);
  if (sidePx !== geometry.sidePx) throw new ReadBackError(`${sidePx} px instead of ${geometry.sidePx}`);
  if (pixelsPerMetre !== geometry.pixelsPerMetre) {
    throw new ReadBackError(`${pixelsPerMetre} pixels per metre instead of ${geometry.pixelsPerMetre}`);
  }
  return raster;
}

function proveSvg(file: Uint8Array, request: DrawRequest): SymbolRaster {
  const { raster, sizeMm } = readSvg(new TextDecoder().decode(file));
  if (sizeMm !== request.sizeMm) throw new ReadBackError(`${sizeMm} mm instead of ${request.sizeMm}`);
  return raster;
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
