import { OutlineFill, type OutlineStep } from '../../qr';
import type { Rgb } from '../contrast';

/** What a vector file paints, in the order in which it does, in mm from the page's top left corner, y downward. */
export type Paint =
  | { kind: 'fill'; outline: OutlineStep[]; colour: Rgb; bounds: Bounds }
  | { kind: 'image'; leftMm: number; topMm: number; sideMm: number; sidePx: number; rgb: Uint8Array };

export type Bounds = { left: number; top: number; right: number; bottom: number };

/** A page as a reader of the file sees it. `texts` are what a search finds. */
export type PaintedPage = { widthMm: number; heightMm: number; paints: Paint[]; texts: string[] };

/** A square of grey pixels, a byte each. */
export type GreySquare = { side: number; data: Uint8Array };

export const lumaOf = ({ red, green, blue }: Rgb): number =>
  Math.round(0.299 * red + 0.587 * green + 0.114 * blue);

export function boundsOf(outline: readonly OutlineStep[]): Bounds {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const step of outline) {
    if (step.op === 'Z') continue;
    bounds.left = Math.min(bounds.left, step.x);
    bounds.right = Math.max(bounds.right, step.x);
    bounds.top = Math.min(bounds.top, step.y);
    bounds.bottom = Math.max(bounds.bottom, step.y);
  }
  return bounds;
}

/**
 * Paints a square part of a page with pixels, as a printer would, and not from what was meant to be drawn.
 *
 * Where nothing is painted there is a ground of mid grey, so that a symbol without its own background does not pass.
 */
export function renderSquare(
  paints: readonly Paint[],
  box: { leftMm: number; topMm: number; sideMm: number },
  side: number,
): GreySquare {
  const data = new Uint8Array(side * side).fill(128);
  const scale = side / box.sideMm;
  for (const paint of paints) {
    if (paint.kind === 'fill') {
      const { bounds } = paint;
      const isOutside =
        bounds.right <= box.leftMm ||
        bounds.bottom <= box.topMm ||
        bounds.left >= box.leftMm + box.sideMm ||
        bounds.top >= box.topMm + box.sideMm;
      if (isOutside) continue;
      const fill = new OutlineFill(paint.outline, side, scale, -box.leftMm * scale, -box.topMm * scale);
      const luma = lumaOf(paint.colour);
      const covered = fill.coverage(0, side);
      for (let at = 0; at < data.length; at++) {
        const part = covered[at] ?? 0;
        if (part === 0) continue;
        const ground = data[at] ?? 0;
        data[at] = ground + ((luma - ground) * part) / 255 + 0.5;
      }
    } else paintImage(data, side, scale, box, paint);
  }
  return { side, data };
}

function paintImage(
  data: Uint8Array,
  side: number,
  scale: number,
  box: { leftMm: number; topMm: number },
  image: Extract<Paint, { kind: 'image' }>,
): void {
  const [left, top] = [(image.leftMm - box.leftMm) * scale, (image.topMm - box.topMm) * scale];
  const width = image.sideMm * scale;
  for (let y = Math.max(0, Math.round(top)); y < Math.min(side, Math.round(top + width)); y++) {
    for (let x = Math.max(0, Math.round(left)); x < Math.min(side, Math.round(left + width)); x++) {
      const fromX = Math.min(image.sidePx - 1, Math.floor(((x + 0.5 - left) / width) * image.sidePx));
      const fromY = Math.min(image.sidePx - 1, Math.floor(((y + 0.5 - top) / width) * image.sidePx));
      const from = (Math.max(0, fromY) * image.sidePx + Math.max(0, fromX)) * 3;
      const [red = 0, green = 0, blue = 0] = image.rgb.subarray(from, from + 3);
      data[y * side + x] = lumaOf({ red, green, blue });
    }
  }
}
