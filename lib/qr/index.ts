/**
 * QR symbols for print: encode, lay out in whole pixels, write, read back. Pure, and it knows nothing of WeChat.
 *
 * This door is free of Node and may be imported in a browser. The one file that needs Node (zlib, to read PNGs back) is
 * behind the second door, `lib/qr/png`, together with the PNG writer.
 */

export { encodeSymbol } from './encode';
export { OutlineFill } from './fill-outline';
export {
  checkPrintSize,
  MAX_SHADED_SIDE_PX,
  MAX_SIDE_PX,
  MIN_MODULE_MM,
  type PrintGeometry,
  printBounds,
  printGeometry,
  type SizeRefusal,
  ticketUrlSizes,
} from './geometry';
export { largestLogoModules, logoPatch, logoPercentOf, spareCorrection } from './logo-capacity';
export { type ErrorCorrection, errorCorrections, type QrMatrix, QUIET_ZONE_MODULES } from './matrix';
export {
  type Outline,
  type OutlineStep,
  outlineToSvgPath,
  placeOutline,
  rectangleOutline,
  short,
} from './outline';
export { darkRectangles, type ModuleRectangle, symbolPath, symbolPathAt } from './path';
export { ReadBackError, type SymbolRaster } from './raster';
export { readSvg } from './read-svg';
export {
  type FinderStyle,
  finderStyles,
  type ModuleShape,
  moduleShapes,
} from './shapes';
export { escapeXml, writeSvg } from './svg';
export { clearPatch, symbolOutline } from './symbol-outline';
