import type { OutlineStep } from '../../qr';
import { type Bounds, type GreySquare, lumaOf, type Paint } from './paints';

/** How far an edge may lie from the grid, in modules: what four decimals of a point leave of it. */
const EDGE_TOLERANCE = 0.01;

/**
 * Looks at a square part of a page with one pixel a module, when every edge that is painted there runs between modules.
 *
 * It takes no filling of outlines, and what it says is exact: a module is of one tone all over. Where nothing is painted the
 * ground is mid grey, as in `renderSquare`.
 *
 * @param box      in mm from the page's top left corner
 * @param modules  on a side of the box, quiet zone included
 * @returns null when something there is a picture, a curve, or lies across a module; `renderSquare` shows that
 */
export function sampleModules(
  paints: readonly Paint[],
  box: { leftMm: number; topMm: number; sideMm: number },
  modules: number,
): GreySquare | null {
  const data = new Uint8Array(modules * modules).fill(128);
  const scale = modules / box.sideMm;
  const toModule = (mm: number, startMm: number) => (mm - startMm) * scale;
  const inModules = ({ left, top, right, bottom }: Bounds): Bounds => ({
    left: toModule(left, box.leftMm),
    top: toModule(top, box.topMm),
    right: toModule(right, box.leftMm),
    bottom: toModule(bottom, box.topMm),
  });
  for (const paint of paints) {
    if (paint.kind === 'image') {
      const { leftMm, topMm, sideMm } = paint;
      const bounds = { left: leftMm, top: topMm, right: leftMm + sideMm, bottom: topMm + sideMm };
      if (isWithin(inModules(bounds), modules)) return null;
      continue;
    }
    if (!isWithin(inModules(paint.bounds), modules)) continue;
    const rectangles = toRectangles(paint.outline);
    if (!rectangles) return null;
    const tone = lumaOf(paint.colour);
    for (const rectangle of rectangles) {
      const place = inModules(rectangle);
      if (!isWithin(place, modules)) continue;
      const [left, top, right, bottom] = [place.left, place.top, place.right, place.bottom].map((edge) =>
        toEdge(edge, modules),
      );
      if (left === undefined || top === undefined || right === undefined || bottom === undefined) return null;
      if (Number.isNaN(left + top + right + bottom)) return null;
      for (let y = top; y < bottom; y++) data.fill(tone, y * modules + left, y * modules + right);
    }
  }
  return { side: modules, data };
}

const isWithin = ({ left, top, right, bottom }: Bounds, modules: number) =>
  right > EDGE_TOLERANCE &&
  bottom > EDGE_TOLERANCE &&
  left < modules - EDGE_TOLERANCE &&
  top < modules - EDGE_TOLERANCE;

/** The grid line that an edge lies on, or the box's own where it lies beyond; NaN between two. */
function toEdge(edge: number, modules: number): number {
  if (edge <= 0) return 0;
  if (edge >= modules) return modules;
  const line = Math.round(edge);
  return Math.abs(edge - line) <= EDGE_TOLERANCE ? line : Number.NaN;
}

/** An outline of upright rectangles alone, all drawn the same way round, each by its bounds; null when it holds anything else. */
function toRectangles(outline: readonly OutlineStep[]): Bounds[] | null {
  const rectangles: Bounds[] = [];
  if (outline.length % 5 !== 0) return null;
  let turn = 0;
  for (let at = 0; at < outline.length; at += 5) {
    const [a, b, c, d, close] = outline.slice(at, at + 5);
    if (a?.op !== 'M' || b?.op !== 'L' || c?.op !== 'L' || d?.op !== 'L' || close?.op !== 'Z') return null;
    const isUpright = a.y === b.y && b.x === c.x && c.y === d.y && d.x === a.x;
    const turnsBy = Math.sign((c.x - a.x) * (c.y - a.y));
    // One that runs the other way would be a hole.
    if (!isUpright || turnsBy === 0 || turnsBy === -turn) return null;
    turn = turnsBy;
    rectangles.push({
      left: Math.min(a.x, c.x),
      top: Math.min(a.y, c.y),
      right: Math.max(a.x, c.x),
      bottom: Math.max(a.y, c.y),
    });
  }
  return rectangles;
}
