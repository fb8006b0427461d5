import 'server-only';
import { fillCaption } from '../print/caption-template';
import type { DrawItem, LogoImage, PrintDesignSettings } from '../print/design-types';
import { drawCodes } from '../print/draw-codes';
import { SAMPLE_URL, sampleCaption } from './sample';

/** A symbol of this design as an SVG: the drawing that a file for print would hold. */
export async function drawPreview(
  design: PrintDesignSettings,
  logo: LogoImage | null,
  item: DrawItem = sampleOf(design),
): Promise<Uint8Array<ArrayBuffer>> {
  const [drawn] = await drawCodes({ format: 'svg', design, logo, items: [item] });
  if (!drawn) throw new Error('One item was drawn and none came back');
  return drawn.bytes;
}

const sampleOf = ({ caption }: PrintDesignSettings): DrawItem => ({
  url: SAMPLE_URL,
  caption: caption && fillCaption(caption.template, sampleCaption),
});
