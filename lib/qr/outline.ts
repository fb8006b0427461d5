/**
 * Filled shapes, the same for every format: drawn as they are in SVG, PDF and EPS, filled with pixels in PNG and TIFF.
 *
 * y runs downward. Holes run the other way round than what they are cut from, so either fill rule gives the same picture.
 */
export type OutlineStep =
  | { op: 'M' | 'L'; x: number; y: number }
  | { op: 'C'; x1: number; y1: number; x2: number; y2: number; x: number; y: number }
  | { op: 'Z' };
export type Outline = readonly OutlineStep[];

/** Control points of a quarter of a circle, as a part of the radius: off by 0.03 % at most. */
export const QUARTER_CIRCLE = 0.5523;

const CLOSE: OutlineStep = { op: 'Z' };

/** @param hole  runs the other way round, to be cut from what lies below */
export function rectangleOutline(
  left: number,
  top: number,
  width: number,
  height: number,
  hole = false,
): OutlineStep[] {
  const corners = [
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ];
  if (hole) corners.reverse();
  return [
    { op: 'M', x: left, y: top },
    ...corners.map(({ x, y }): OutlineStep => ({ op: 'L', x, y })),
    CLOSE,
  ];
}

export type Corner = { x: number; y: number; radius: number };

/** A polygon of right angles whose corners are rounded, each by its own radius. */
export function roundedOutline(corners: readonly Corner[]): OutlineStep[] {
  const steps: OutlineStep[] = [];
  for (let at = 0; at < corners.length; at++) {
    const before = corners[(at + corners.length - 1) % corners.length];
    const here = corners[at];
    const after = corners[(at + 1) % corners.length];
    if (!before || !here || !after) continue;
    const { x, y, radius } = here;
    const inX = Math.sign(x - before.x) * radius;
    const inY = Math.sign(y - before.y) * radius;
    const outX = Math.sign(after.x - x) * radius;
    const outY = Math.sign(after.y - y) * radius;
    steps.push({ op: at === 0 ? 'M' : 'L', x: x - inX, y: y - inY });
    if (radius === 0) continue;
    const rest = 1 - QUARTER_CIRCLE;
    steps.push({
      op: 'C',
      x1: x - inX * rest,
      y1: y - inY * rest,
      x2: x + outX * rest,
      y2: y + outY * rest,
      x: x + outX,
      y: y + outY,
    });
  }
  steps.push(CLOSE);
  return steps;
}

/** A rectangle with round corners; `hole` runs the other way round. */
export function roundedRectangle(
  left: number,
  top: number,
  side: number,
  radius: number,
  hole = false,
): OutlineStep[] {
  const corners = [
    { x: left, y: top, radius },
    { x: left + side, y: top, radius },
    { x: left + side, y: top + side, radius },
    { x: left, y: top + side, radius },
  ];
  return roundedOutline(hole ? corners.reverse() : corners);
}

/** Scales, then moves. */
export function placeOutline(outline: Outline, scale: number, dx: number, dy: number): OutlineStep[] {
  return outline.map((step) => {
    switch (step.op) {
      case 'Z':
        return step;
      case 'C':
        return {
          op: 'C',
          x1: step.x1 * scale + dx,
          y1: step.y1 * scale + dy,
          x2: step.x2 * scale + dx,
          y2: step.y2 * scale + dy,
          x: step.x * scale + dx,
          y: step.y * scale + dy,
        };
      default:
        return { op: step.op, x: step.x * scale + dx, y: step.y * scale + dy };
    }
  });
}

/** Up to three decimals: a thousandth of a module. */
export function outlineToSvgPath(outline: Outline): string {
  let path = '';
  for (const step of outline) {
    if (step.op === 'Z') path += 'Z';
    else if (step.op === 'C') {
      path += `C${short(step.x1)} ${short(step.y1)} ${short(step.x2)} ${short(step.y2)} ${short(step.x)} ${short(step.y)}`;
    } else path += `${step.op}${short(step.x)} ${short(step.y)}`;
  }
  return path;
}

/** A number as SVG, PDF and EPS write it: never with an exponent, no zeros at the end. */
export function short(value: number, decimals = 3): string {
  if (Number.isInteger(value)) return String(value);
  const text = value.toFixed(decimals).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}
