import 'server-only';
import { checkPrintSize } from '../qr';
import { designDefaults } from './design-schemas';
import { isRasterFormat, printContentTypes } from './design-types';
import { drawCodes, toRefusal } from './draw-codes';
import type { DrawRequest } from './schemas';

export { closeDrawPool } from './draw-pool';

/** Modules on a side of a version 1 symbol: until the url is encoded, only what no symbol can pass is refused. */
const SMALLEST_SYMBOL = 21;

export type DrawnSymbol = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** Pixels on a side; a vector file has none. */
  readonly sidePx: number | null;
  readonly version: number;
  /** Modules on a side, without quiet zone. */
  readonly modules: number;
  /** Who read the file before it left, and what was read: exactly the url. */
  readonly proof: { readonly reader: 'zxing'; readonly text: string };
};

/**
 * Draws one symbol in black on white, without a saved design; see `drawCodes` for what comes out.
 *
 * @param request  sizes in mm (outer, quiet zone included) and dots per inch; dpi is ignored for a vector format
 * @throws AppError IMAGE_OUT_OF_BOUNDS | BUSY | IMAGE_UNREADABLE
 */
export async function drawSymbol(request: DrawRequest): Promise<DrawnSymbol> {
  const { url, format, title, sizeMm, dotsPerInch, errorCorrection, quietZoneModules } = request;
  const design = { ...designDefaults, sizeMm, dotsPerInch, errorCorrection, quietZoneModules };
  const isRaster = isRasterFormat(format);
  const refusal = checkPrintSize({
    sizeMm,
    dotsPerInch: isRaster ? dotsPerInch : null,
    ec: errorCorrection,
    quietZoneModules,
    modules: SMALLEST_SYMBOL,
  });
  if (refusal?.reason === 'tooLarge') throw toRefusal({ design }, { field: 'sizeMm', ...refusal });
  const item = { url, caption: null, ...(title === undefined ? {} : { title }) };
  const [drawn] = await drawCodes({ format, design, logo: null, items: [item] });
  if (!drawn) throw new Error('One item was drawn and none came back');
  const { bytes, widthPx, version, modules, proof } = drawn;
  return { bytes, contentType: printContentTypes[format], sidePx: widthPx, version, modules, proof };
}
