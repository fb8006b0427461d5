import {
  checkPrintSize,
  clearPatch,
  encodeSymbol,
  largestLogoModules,
  logoPatch,
  logoPercentOf,
  MAX_SHADED_SIDE_PX,
  MAX_SIDE_PX,
  type OutlineStep,
  placeOutline,
  type QrMatrix,
  symbolOutline,
} from '../../qr';
import { isBilevel } from '../check-design';
import type { DesignRefusal, PrintDesignSettings } from '../design-types';
import { type SetCaption, setCaption } from './set-caption';

/** Between the caption's edge and the picture's, at the sides and below it, in modules. */
const CAPTION_MARGIN = 1.5;

/** A logo's own margin within its patch, in modules: the modules around it keep a light edge. */
const LOGO_MARGIN = 0.5;

/**
 * One symbol with all that stands beside it, laid out and not yet in any format. Lengths in modules from the top left corner
 * of the picture, y downward; `moduleMm` makes millimetres of them.
 */
export type Picture = {
  url: string;
  title: string | null;
  design: PrintDesignSettings;
  /** As drawn: light under a logo. */
  matrix: QrMatrix;
  /** Outer side of the symbol, quiet zone included. */
  side: number;
  /** `side`, and what a caption adds. */
  height: number;
  moduleMm: number;
  /** The dark parts of the symbol, quiet zone counted in. */
  symbol: OutlineStep[];
  caption: (SetCaption & { top: number }) | null;
  /** Where the logo is drawn, square. */
  logoBox: { left: number; top: number; side: number } | null;
};

/**
 * Lays a symbol out by a design.
 *
 * @param isRaster  bounds the pixels as well
 * @returns a refusal when this very url does not go with the design; `checkDesign` refuses most of them beforehand
 */
export function layOutPicture(
  item: { url: string; caption: string | null; title?: string | undefined },
  design: PrintDesignSettings,
  isRaster: boolean,
): { picture: Picture } | { refusal: DesignRefusal } {
  const { errorCorrection, quietZoneModules, sizeMm, dotsPerInch } = design;
  const matrix = encodeSymbol(item.url, errorCorrection);
  const size = checkPrintSize({
    sizeMm,
    dotsPerInch: isRaster ? dotsPerInch : null,
    ec: errorCorrection,
    quietZoneModules,
    modules: matrix.size,
    maxSidePx: isBilevel(design) ? MAX_SIDE_PX : MAX_SHADED_SIDE_PX,
  });
  if (size) return { refusal: { field: 'sizeMm', ...size } };
  const patch = design.logo ? logoPatch(matrix.size, design.logo.sizePercent) : undefined;
  const largest = patch ? largestLogoModules(matrix.size, errorCorrection) : 0;
  if (patch && patch.side > largest) {
    const largestPercent = logoPercentOf(matrix.size, largest);
    return { refusal: { field: 'logo.sizePercent', reason: 'logoTooLarge', largestPercent } };
  }

  const side = matrix.size + 2 * quietZoneModules;
  const moduleMm = sizeMm / side;
  const caption = layOutCaption(item.caption, design, side, moduleMm);
  return {
    picture: {
      url: item.url,
      title: item.title ?? null,
      design,
      matrix: patch ? { ...matrix, cells: clearPatch(matrix, patch) } : matrix,
      side,
      height: caption ? caption.top + caption.height + CAPTION_MARGIN : side,
      moduleMm,
      symbol: placeOutline(symbolOutline(matrix, design, patch), 1, quietZoneModules, quietZoneModules),
      caption,
      logoBox: patch
        ? {
            left: quietZoneModules + patch.at + LOGO_MARGIN,
            top: quietZoneModules + patch.at + LOGO_MARGIN,
            side: patch.side - 2 * LOGO_MARGIN,
          }
        : null,
    },
  };
}

/** The caption stands below the quiet zone, which is never narrowed for it. */
function layOutCaption(
  text: string | null,
  { caption }: PrintDesignSettings,
  side: number,
  moduleMm: number,
): Picture['caption'] {
  if (!caption || text === null || text.trim() === '') return null;
  const set = setCaption(text, {
    width: side - 2 * CAPTION_MARGIN,
    textSize: caption.textMm / moduleMm,
    maxLines: caption.maxLines,
  });
  return {
    ...set,
    outline: placeOutline(set.outline, 1, CAPTION_MARGIN, side),
    lines: set.lines.map((line) => ({
      ...line,
      left: line.left + CAPTION_MARGIN,
      baseline: line.baseline + side,
    })),
    top: side,
  };
}
