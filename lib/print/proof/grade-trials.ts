import type { GradeTrial } from '../design-types';
import { blur } from './grey';
import type { GreySquare } from './paints';

/** Pixels a module of what is tried; a phone at the reading distance has about half of it. */
export const GRADE_PX_PER_MODULE = 8;

/** Ink grows by so much over each edge on uncoated paper. */
const INK_SPREAD_MM = 0.05;

/** What a phone at hand distance still tells apart. */
const CAMERA_BLUR_MM = 0.08;

type Trial = (square: GreySquare, moduleMm: number) => GreySquare;

/** What may happen between a file and a phone. Each is the same every time: two designs are tried by the same misfortune. */
export const trials: Readonly<Record<GradeTrial, Trial>> = {
  asDrawn: (square) => square,
  blurred: (square, moduleMm) => blurBy(square, Math.max(0.2, CAMERA_BLUR_MM / moduleMm)),
  veryBlurred: (square, moduleMm) => blurBy(square, Math.max(0.32, (1.6 * CAMERA_BLUR_MM) / moduleMm)),
  darkened: (square) => tone(square, (value, x) => value * (0.5 - (0.2 * x) / square.side)),
  faded: (square) => tone(square, (value) => 150 + (value - 150) * 0.35),
  rotated: (square) => transform(square, (x, y) => turn(x, y, 17)),
  tilted: (square) =>
    transform(square, (x, y) => ({ x: (x * 1.08) / (1 - 0.25 * y), y: (y * 1.3) / (1 - 0.25 * y) })),
  small: (square) => shrink(square, 2.4),
  noisy: (square) => {
    const random = generator(7);
    return tone(square, (value) => value * 0.8 + 25 + (random() + random() + random() - 1.5) * 34);
  },
  inkSpread: (square, moduleMm) => darkenEdges(square, INK_SPREAD_MM / moduleMm),
  scratched: (square) => scratch(square),
};

function blurBy(square: GreySquare, sigmaModules: number): GreySquare {
  // A mean of three has a variance of two thirds; so many of them one after another make the width asked for.
  const passes = Math.min(40, Math.round((sigmaModules * GRADE_PX_PER_MODULE) ** 2 / (2 / 3)));
  let blurred = square;
  for (let pass = 0; pass < passes; pass++) blurred = blur(blurred);
  return blurred;
}

function tone({ side, data }: GreySquare, change: (value: number, x: number) => number): GreySquare {
  return { side, data: Uint8Array.from(data, (value, at) => clamp(change(value, at % side))) };
}

const clamp = (value: number) => Math.min(255, Math.max(0, value));

function turn(x: number, y: number, degrees: number) {
  const angle = (degrees * Math.PI) / 180;
  return {
    x: x * Math.cos(angle) - y * Math.sin(angle),
    y: x * Math.sin(angle) + y * Math.cos(angle),
  };
}

/** @param from  where in the square, −0.5 to 0.5, a place of the picture is seen; beyond it is a grey table */
function transform(
  { side, data }: GreySquare,
  from: (x: number, y: number) => { x: number; y: number },
): GreySquare {
  const wide = Math.round(side * 1.35);
  const seen = new Uint8Array(wide * wide).fill(170);
  for (let y = 0; y < wide; y++) {
    for (let x = 0; x < wide; x++) {
      const place = from((x - wide / 2) / side, (y - wide / 2) / side);
      const [sourceX, sourceY] = [(place.x + 0.5) * side - 0.5, (place.y + 0.5) * side - 0.5];
      const [left, top] = [Math.floor(sourceX), Math.floor(sourceY)];
      if (left < 0 || top < 0 || left + 1 >= side || top + 1 >= side) continue;
      const [partX, partY] = [sourceX - left, sourceY - top];
      const at = top * side + left;
      const upper = (data[at] ?? 0) * (1 - partX) + (data[at + 1] ?? 0) * partX;
      const lower = (data[at + side] ?? 0) * (1 - partX) + (data[at + side + 1] ?? 0) * partX;
      seen[y * wide + x] = upper * (1 - partY) + lower * partY + 0.5;
    }
  }
  return { side: wide, data: seen };
}

/** Averaged down to so few pixels a module, as from the far end of a room. */
function shrink({ side, data }: GreySquare, pxPerModule: number): GreySquare {
  const small = Math.round((side * pxPerModule) / GRADE_PX_PER_MODULE);
  const sums = new Float64Array(small * small);
  const counts = new Uint32Array(small * small);
  for (let at = 0; at < data.length; at++) {
    const to =
      Math.floor((Math.floor(at / side) * small) / side) * small + Math.floor(((at % side) * small) / side);
    sums[to] = (sums[to] ?? 0) + (data[at] ?? 0);
    counts[to] = (counts[to] ?? 0) + 1;
  }
  return { side: small, data: Uint8Array.from(sums, (sum, at) => sum / Math.max(1, counts[at] ?? 1)) };
}

/** Every dark edge moves outward. */
function darkenEdges({ side, data }: GreySquare, modules: number): GreySquare {
  const reach = Math.min(4, Math.round(modules * GRADE_PX_PER_MODULE));
  const spread = (values: Uint8Array, step: number) =>
    values.map((value, at) => {
      let darkest = value;
      for (let by = -reach; by <= reach; by++) {
        const near = values[at + by * step];
        if (near !== undefined && near < darkest) darkest = near;
      }
      return darkest;
    });
  return { side, data: spread(spread(data, 1), side) };
}

/** A scratch from edge to edge, down to the paper, a little narrower than a module. */
function scratch({ side, data }: GreySquare): GreySquare {
  const width = 0.8 * GRADE_PX_PER_MODULE;
  return {
    side,
    data: data.map((value, at) => {
      const [x, y] = [at % side, Math.floor(at / side)];
      const isScratched = Math.abs(x - side * 0.6 + (y - side / 2) * 0.2) < width / 2;
      return isScratched ? Math.max(value, 235) : value;
    }),
  };
}

/** A sequence of numbers from 0 to 1 that is the same each time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
