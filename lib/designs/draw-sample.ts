import 'server-only';
import { fillCaption } from '../print/caption-template';
import type { LogoImage, PrintDesignSettings } from '../print/design-types';
import { drawCodes } from '../print/draw-codes';
import { SAMPLE_URL, sampleCaption } from './sample';

/** A symbol of this design as an SVG: the drawing that a file for print would hold. */
export async function drawSample(
  design: PrintDesignSettings,
  logo: LogoImage | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const caption = design.caption && fillCaption(design.caption.template, sampleCaption);
  const [drawn] = await drawCodes({ format: 'svg', design, logo, items: [{ url: SAMPLE_URL, caption }] });
  if (!drawn) throw new Error('One item was drawn and none came back');
  return drawn.bytes;
}
