import 'server-only';
import type { LogoImage, PrintDesignSettings } from '../print/design-types';
import { drawSymbol } from '../print/draw-symbol';
import { SAMPLE_URL } from './sample';

/** A symbol of this design as an SVG: the drawing that a file for print would hold. */
export async function drawSample(
  settings: PrintDesignSettings,
  _logo: LogoImage | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const { sizeMm, dotsPerInch, errorCorrection, quietZoneModules } = settings;
  const { bytes } = await drawSymbol({
    url: SAMPLE_URL,
    format: 'svg',
    sizeMm,
    dotsPerInch,
    errorCorrection,
    quietZoneModules,
  });
  return bytes;
}
