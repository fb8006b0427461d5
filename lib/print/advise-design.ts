import { printGeometry, ticketUrlSizes } from '../qr';
import { checkDesign, isBilevel, isOneInk, largestLogoPercent } from './check-design';
import { contrastRatio, GOOD_CONTRAST, isWarm } from './contrast';
import type { DesignAdvice, DesignRemedy, DesignWarning, PrintDesignSettings } from './design-types';

/** A phone at hand distance wants modules of 0.4 mm (GS1: 0.396) and a symbol of 20 mm. */
const SENSIBLE_MODULE_MM = 0.4;
const SENSIBLE_SIDE_MM = 20;

/** A rule of the trade and not of ISO: read from as far as ten times the width. */
const DISTANCE_PER_SIDE = 10;

/** Below it a printer's dots show at the edges of modules. */
const SENSIBLE_DPI = 300;
const SENSIBLE_PX_PER_MODULE = 4;

/**
 * What to know of a design before anything is drawn. Pure; the form shows it while one types.
 *
 * @param modules  modules on a side of the symbol at hand; when left out, those of the longest WeChat ticket url
 */
export function adviseDesign(design: PrintDesignSettings, modules?: number): DesignAdvice {
  const { sizeMm, dotsPerInch, errorCorrection, quietZoneModules, foreground, background } = design;
  const size = modules ?? Math.max(...ticketUrlSizes[errorCorrection]);
  const { moduleMm, pxPerModule } = printGeometry({ sizeMm, dotsPerInch, quietZoneModules, modules: size });
  const smallestSensibleMm = Math.max(
    SENSIBLE_SIDE_MM,
    Math.ceil((size + 2 * quietZoneModules) * SENSIBLE_MODULE_MM * 10 - 1e-9) / 10,
  );
  const ratio = contrastRatio(foreground, background);
  const warnings: DesignAdvice['warnings'] = [];
  const warn = (isDue: boolean, warning: DesignWarning, ...remedies: DesignRemedy[]) => {
    if (isDue) warnings.push({ warning, remedies });
  };
  warn(moduleMm < SENSIBLE_MODULE_MM, 'moduleFine', 'largerSize');
  warn(moduleMm >= SENSIBLE_MODULE_MM && sizeMm < SENSIBLE_SIDE_MM, 'sizeSmall', 'largerSize');
  warn(isWarm(foreground), 'warmForeground', 'darkerForeground');
  warn(ratio >= 1 && ratio < GOOD_CONTRAST, 'contrastModest', 'darkerForeground', 'lighterBackground');
  warn(
    dotsPerInch < SENSIBLE_DPI || (!isBilevel(design) && pxPerModule < SENSIBLE_PX_PER_MODULE),
    'lowResolution',
    'higherResolution',
  );
  warn(design.logo !== null && errorCorrection !== 'H', 'logoNeedsH', 'higherErrorCorrection');
  warn(!isOneInk({ ...design, logo: null, moduleShape: 'square', finderStyle: 'square' }), 'notBlack');
  return {
    moduleMm,
    pxPerModule,
    readingDistanceM: (sizeMm * DISTANCE_PER_SIDE) / 1000,
    smallestSensibleMm,
    contrastRatio: ratio,
    largestLogoPercent: largestLogoPercent(errorCorrection, modules === undefined ? undefined : [modules]),
    warnings,
    refusals: checkDesign(design, modules),
  };
}
