import { type ErrorCorrection, QUIET_ZONE_MODULES } from './matrix';

const MM_PER_INCH = 25.4;

/** The widest raster that may be asked for, in pixels: 1 m at 300 dpi. Unpacked for its proof it is 18 MB. */
export const MAX_SIDE_PX = 12_000;

/** The same for a picture with shades, of a byte or three a pixel: 20 cm at 600 dpi. Unpacked it is 69 MB. */
export const MAX_SHADED_SIDE_PX = 4_800;

/** The widest that comes of it, since a module may be rounded up by half a pixel: 177 modules of version 40, quiet zone of 40. */
export const MAX_ROUNDED_SIDE_PX = MAX_SIDE_PX + (177 + 2 * 40) / 2;

/**
 * The finest module drawn, in mm. GS1 asks for 0.396 and up, a phone at hand distance for 0.4; below 0.2 mm a module is
 * under five dots of a 600 dpi press, and ink spread closes it.
 */
export const MIN_MODULE_MM = 0.2;

/** The limits of each number alone; `checkPrintSize` bounds them together. */
export const printBounds = {
  sizeMm: { min: 3, max: 5_000 },
  dotsPerInch: { min: 72, max: 2_400 },
  quietZoneModules: { min: QUIET_ZONE_MODULES, max: 40 },
} as const;

/** Where the pixels of a raster lie. Lengths in pixels, but `pixelsPerMetre` (for pHYs) and `moduleMm` (as printed). */
export type PrintGeometry = {
  readonly pxPerModule: number;
  readonly sidePx: number;
  readonly pixelsPerMetre: number;
  readonly moduleMm: number;
};

/**
 * Lays a symbol out in whole pixels, so that no edge is blurred and every module is as wide as the next.
 *
 * The side in pixels is therefore not exactly `sizeMm` at `dotsPerInch`; `pixelsPerMetre` carries the difference, and the
 * file opens at exactly `sizeMm`.
 *
 * @param sizeMm   outer width in millimetres, quiet zone included
 * @param modules  modules on a side, without quiet zone
 *
 * pHYs: PNG specification, "Physical pixel dimensions".
 */
export function printGeometry(print: {
  sizeMm: number;
  dotsPerInch: number;
  modules: number;
  quietZoneModules: number;
}): PrintGeometry {
  const totalModules = print.modules + 2 * print.quietZoneModules;
  const wantedPx = (print.sizeMm / MM_PER_INCH) * print.dotsPerInch;
  const pxPerModule = Math.max(1, Math.round(wantedPx / totalModules));
  const sidePx = pxPerModule * totalModules;
  return {
    pxPerModule,
    sidePx,
    pixelsPerMetre: Math.round(sidePx / (print.sizeMm / 1000)),
    moduleMm: print.sizeMm / totalModules,
  };
}

/** Why a size cannot be drawn, and the sizes that could be, in mm, at the same dpi, level and quiet zone. */
export type SizeRefusal = {
  readonly reason: 'tooLarge' | 'tooSmall';
  readonly smallestMm: number;
  readonly largestMm: number;
};

/**
 * Bounds size, resolution, error correction and quiet zone together; nothing is allocated to find out.
 *
 * Too large: more than `MAX_SIDE_PX` pixels. Too small: less than a pixel for a module, or modules finer than `MIN_MODULE_MM`.
 *
 * @param sizeMm       outer width in millimetres, quiet zone included
 * @param dotsPerInch  null for a vector file, which has no pixels
 * @param modules      modules on a side, without quiet zone; when left out, those of the longest WeChat ticket url at `ec`
 * @param maxSidePx    `MAX_SIDE_PX` when left out
 * @returns null when it can be drawn
 */
export function checkPrintSize(print: {
  sizeMm: number;
  dotsPerInch: number | null;
  ec: ErrorCorrection;
  quietZoneModules: number;
  modules?: number | undefined;
  maxSidePx?: number;
}): SizeRefusal | null {
  const totalModules = (print.modules ?? Math.max(...ticketUrlSizes[print.ec])) + 2 * print.quietZoneModules;
  const mmPerPx = print.dotsPerInch === null ? 0 : MM_PER_INCH / print.dotsPerInch;
  const smallest = Math.max(printBounds.sizeMm.min, totalModules * Math.max(mmPerPx, MIN_MODULE_MM));
  const largest = Math.min(
    printBounds.sizeMm.max,
    mmPerPx === 0 ? Number.POSITIVE_INFINITY : (print.maxSidePx ?? MAX_SIDE_PX) * mmPerPx,
  );
  const refusal = { smallestMm: ceilToTenth(smallest), largestMm: floorToTenth(largest) };
  // Compared with what is told, or the size that a refusal names could itself be refused.
  if (!(print.sizeMm <= refusal.largestMm)) return { reason: 'tooLarge', ...refusal };
  if (!(print.sizeMm >= refusal.smallestMm)) return { reason: 'tooSmall', ...refusal };
  return null;
}

/**
 * Modules on a side of the urls that WeChat issues, of 43 to 47 bytes: versions 3 at L, 4 at M, 4 or 5 at Q, 5 or 6 at H.
 */
export const ticketUrlSizes: Readonly<Record<ErrorCorrection, readonly number[]>> = {
  L: [29],
  M: [33],
  Q: [33, 37],
  H: [37, 41],
};

// The epsilon keeps 8.2 from becoming 8.3 by the last bit of a product.
const ceilToTenth = (mm: number) => Math.ceil(mm * 10 - 1e-9) / 10;
const floorToTenth = (mm: number) => Math.floor(mm * 10 + 1e-9) / 10;
