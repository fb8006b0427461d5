import type { Outline } from './outline';

/** Straight pieces of a flattened outline, four numbers each: from x, y to x, y, in pixels. */
type Segments = Float64Array;

/**
 * Fills an outline with pixels: for each pixel the part of it that is covered, exact to the last bit for straight edges.
 *
 * Signed areas are summed along each row, so work and memory depend on the rows asked for and not on how many shapes there are.
 * Overlapping shapes that run the same way count once.
 */
export class OutlineFill {
  private readonly segments: Segments;

  /** @param outline  in any unit; `scale` pixels make one, then moved by `dx` and `dy` pixels */
  constructor(
    outline: Outline,
    private readonly widthPx: number,
    scale: number,
    dx = 0,
    dy = 0,
  ) {
    this.segments = flatten(outline, scale, dx, dy);
  }

  /** @returns a byte a pixel for `rows` rows from `top`: 0 is free, 255 is covered */
  coverage(top: number, rows: number): Uint8Array {
    const stride = this.widthPx + 2;
    const areas = new Float32Array(stride * rows);
    const { segments } = this;
    for (let at = 0; at < segments.length; at += 4) {
      addSegment(
        areas,
        stride,
        rows,
        segments[at] ?? 0,
        (segments[at + 1] ?? 0) - top,
        segments[at + 2] ?? 0,
        (segments[at + 3] ?? 0) - top,
      );
    }
    const covered = new Uint8Array(this.widthPx * rows);
    for (let row = 0, to = 0; row < rows; row++) {
      let sum = 0;
      for (let x = 0, from = row * stride; x < this.widthPx; x++, from++, to++) {
        sum += areas[from] ?? 0;
        const part = sum < 0 ? -sum : sum;
        covered[to] = part >= 1 ? 255 : part * 255 + 0.5;
      }
    }
    return covered;
  }
}

function addSegment(
  areas: Float32Array,
  stride: number,
  rows: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  if (y0 === y1) return;
  const sign = y0 < y1 ? 1 : -1;
  const [topX, topY, endX, endY] = sign === 1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
  if (endY <= 0 || topY >= rows) return;
  const slope = (endX - topX) / (endY - topY);
  const last = stride - 2;
  const clamp = (x: number) => Math.min(Math.max(x, 0), last);
  let x = topY < 0 ? topX - topY * slope : topX;
  for (let row = Math.max(0, Math.floor(topY)); row < Math.min(rows, Math.ceil(endY)); row++) {
    const rowTop = Math.max(row, topY);
    const rowEnd = Math.min(row + 1, endY);
    const height = (rowEnd - rowTop) * sign;
    const nextX = x + slope * (rowEnd - rowTop);
    const left = clamp(Math.min(x, nextX));
    const right = clamp(Math.max(x, nextX));
    const base = row * stride;
    const first = Math.floor(left);
    const end = Math.ceil(right);
    if (end <= first + 1) {
      // Within one pixel: what lies right of the middle of the piece belongs to it.
      const inside = height * (1 - ((left + right) / 2 - first));
      areas[base + first] = (areas[base + first] ?? 0) + inside;
      areas[base + first + 1] = (areas[base + first + 1] ?? 0) + height - inside;
    } else {
      const perPx = height / (right - left);
      let covered = 0;
      for (let px = first; px < end; px++) {
        const from = Math.max(px, left);
        const to = Math.min(px + 1, right);
        const piece = (to - from) * perPx;
        const inside = piece * (1 - ((from + to) / 2 - px));
        areas[base + px] = (areas[base + px] ?? 0) + inside + covered;
        covered = piece - inside;
      }
      areas[base + end] = (areas[base + end] ?? 0) + covered;
    }
    x = nextX;
  }
}

function flatten(outline: Outline, scale: number, dx: number, dy: number): Segments {
  const values: number[] = [];
  let x = 0;
  let y = 0;
  let startX = 0;
  let startY = 0;
  const lineTo = (toX: number, toY: number) => {
    values.push(x, y, toX, toY);
    x = toX;
    y = toY;
  };
  for (const step of outline) {
    if (step.op === 'Z') {
      lineTo(startX, startY);
      continue;
    }
    const endX = step.x * scale + dx;
    const endY = step.y * scale + dy;
    if (step.op === 'C') {
      const [fromX, fromY] = [x, y];
      const [x1, y1] = [step.x1 * scale + dx, step.y1 * scale + dy];
      const [x2, y2] = [step.x2 * scale + dx, step.y2 * scale + dy];
      const reach = Math.abs(endX - fromX) + Math.abs(endY - fromY);
      const pieces = Math.min(32, Math.max(3, Math.ceil(Math.sqrt(reach) * 1.5)));
      for (let piece = 1; piece <= pieces; piece++) {
        const t = piece / pieces;
        const u = 1 - t;
        lineTo(
          u * u * u * fromX + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * endX,
          u * u * u * fromY + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * endY,
        );
      }
    } else if (step.op === 'L') lineTo(endX, endY);
    else {
      x = startX = endX;
      y = startY = endY;
    }
  }
  return Float64Array.from(values);
}
