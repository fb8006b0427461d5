import { toRgb } from '../print/contrast';
import type { Picture } from '../print/drawing/picture';
import { blur } from '../print/proof/grey';
import { lumaOf } from '../print/proof/paints';
import { requireTones } from '../print/proof/require-modules';
import { readGrey } from '../print/read-symbol';
import { ReadBackError } from '../qr';

/** Shades of a renderer's own rounding. */
const TONE_TOLERANCE = 8;

/**
 * Reads a symbol out of a rendered square, as a camera would see it.
 *
 * @throws ReadBackError  something of the poster is in its quiet zone, the ground is darker than the design's, or a module is
 *   not what was meant
 */
export async function readRendered(
  { pixels, width, height }: { pixels: Uint8Array; width: number; height: number },
  picture: Picture,
): Promise<string | null> {
  const { design, side } = picture;
  const square = Math.min(width, height);
  const rows = new Uint8Array(square * square);
  for (let at = 0; at < rows.length; at++) {
    const from = (Math.floor(at / square) * width + (at % square)) * 4;
    const [red = 0, green = 0, blue = 0] = pixels.subarray(from, from + 3);
    rows[at] = lumaOf({ red, green, blue });
  }
  const grey = { side: square, data: rows };
  const free = Math.floor((design.quietZoneModules * square) / side) - 2;
  const tone = lumaOf(toRgb(design.background));
  const isQuiet = (at: number) => (at >= 2 && at < free) || (at >= square - free && at < square - 2);
  const spoilt = grey.data.findIndex((value, at) => {
    const [x, y] = [at % square, Math.floor(at / square)];
    const isInside = x >= 2 && y >= 2 && x < square - 2 && y < square - 2;
    return isInside && (isQuiet(x) || isQuiet(y)) && Math.abs(value - tone) > TONE_TOLERANCE;
  });
  if (spoilt !== -1) throw new ReadBackError('The quiet zone is not free on the rendered poster');
  const { data } = blur(grey);
  const text = await readGrey(data, square);
  if (text === picture.url) requireTones(grey, picture, true);
  return text;
}
