import { logoPatch, spareCorrection } from '../qr';
import { contrastRatio } from './contrast';
import type { Grade, GradeMeasure, GradeMeasureResult, PrintDesignSettings } from './design-types';

/**
 * The least for A, B and C.
 *
 * Modules: GS1's smallest, 0.396 mm, is the A; a phone at its nearest, 15 cm, has two pixels for 0.22 mm. Contrast: 7:1 leaves
 * something in hand for a poor lamp. Correction: "unused error correction" of ISO/IEC 15415, 7.8.8.
 */
const least: Readonly<Record<GradeMeasure, readonly [a: number, b: number, c: number]>> = {
  moduleSize: [0.396, 0.3, 0.22],
  contrast: [7, 5, 4],
  spareCorrection: [62, 50, 37],
};

/**
 * What of a design takes no reader to judge. Pure.
 *
 * @param modules  modules on a side of the symbol, without quiet zone
 */
export function measureDesign(design: PrintDesignSettings, modules: number): GradeMeasureResult[] {
  const { sizeMm, quietZoneModules, foreground, background, errorCorrection, logo } = design;
  const patchSide = logo ? logoPatch(modules, logo.sizePercent).side : 0;
  return [
    judge('moduleSize', sizeMm / (modules + 2 * quietZoneModules)),
    judge('contrast', contrastRatio(foreground, background)),
    judge('spareCorrection', 100 * spareCorrection(modules, errorCorrection, patchSide)),
  ];
}

function judge(measure: GradeMeasure, value: number): GradeMeasureResult {
  const [a, b, c] = least[measure];
  const grade: Grade = value >= a ? 'A' : value >= b ? 'B' : value >= c ? 'C' : 'D';
  return { measure, grade, value, wanted: a };
}
