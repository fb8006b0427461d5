import {
  checkPrintSize,
  type ErrorCorrection,
  largestLogoModules,
  logoPatch,
  logoPercentOf,
  MAX_SHADED_SIDE_PX,
  MAX_SIDE_PX,
  ticketUrlSizes,
} from '../qr';
import { contrastRatio, LEAST_CONTRAST } from './contrast';
import type { DesignRefusal, PrintDesignSettings } from './design-types';

/** A line holds four Chinese signs at least, or there is no room for an ellipsis. */
const LEAST_SIGNS_IN_LINE = 4.5;

/**
 * Why a design cannot be drawn; empty when it can. Pure, and quick enough for every key that is pressed.
 *
 * @param modules  modules on a side of the symbol at hand; when left out, every size that a WeChat ticket url takes must do
 */
export function checkDesign(design: PrintDesignSettings, modules?: number): DesignRefusal[] {
  const { errorCorrection, foreground, background, logo } = design;
  const refusals: DesignRefusal[] = [];
  const size = checkPrintSize({
    sizeMm: design.sizeMm,
    dotsPerInch: design.dotsPerInch,
    ec: errorCorrection,
    quietZoneModules: design.quietZoneModules,
    maxSidePx: isBilevel(design) ? MAX_SIDE_PX : MAX_SHADED_SIDE_PX,
    modules,
  });
  if (size) refusals.push({ field: 'sizeMm', ...size });

  const ratio = contrastRatio(foreground, background);
  if (ratio < 1) refusals.push({ field: 'foreground', reason: 'inverted' });
  else if (ratio < LEAST_CONTRAST) {
    refusals.push({ field: 'foreground', reason: 'contrastTooLow', ratio, least: LEAST_CONTRAST });
  }

  if (logo) {
    const sizes = modules === undefined ? ticketUrlSizes[errorCorrection] : [modules];
    const isTooLarge = sizes.some(
      (side) => logoPatch(side, logo.sizePercent).side > largestLogoModules(side, errorCorrection),
    );
    if (isTooLarge) {
      refusals.push({
        field: 'logo.sizePercent',
        reason: 'logoTooLarge',
        largestPercent: largestLogoPercent(errorCorrection, sizes),
      });
    }
  }
  const largestMm = Math.floor((design.sizeMm / LEAST_SIGNS_IN_LINE) * 10) / 10;
  if (design.caption && design.caption.textMm > largestMm) {
    refusals.push({ field: 'caption.textMm', reason: 'captionTooLarge', largestMm });
  }
  return refusals;
}

/** The largest logo for which `checkDesign` has no objection, in percent of the symbol's width; 0 when none is borne. */
export function largestLogoPercent(
  errorCorrection: ErrorCorrection,
  sizes: readonly number[] = ticketUrlSizes[errorCorrection],
): number {
  return Math.min(...sizes.map((size) => logoPercentOf(size, largestLogoModules(size, errorCorrection))));
}

/** Two tones without a shade between them: drawn with one bit a pixel, and up to 12,000 px wide. */
export function isBilevel({ moduleShape, finderStyle, logo }: PrintDesignSettings): boolean {
  return moduleShape === 'square' && finderStyle === 'square' && logo === null;
}

/** Black on white, one bit a pixel: a file of a single ink. */
export function isOneInk(design: PrintDesignSettings): boolean {
  return isBilevel(design) && design.foreground === '#000000' && design.background === '#ffffff';
}
