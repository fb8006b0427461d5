import type { GreySquare } from './paints';

/** A printed symbol, and how large it is. `modules` on a side, without the quiet zone. */
export type Print = { moduleMm: number; sizeMm: number; modules: number; quietZoneModules: number };

/** How a phone looks at it. What is left out is as good as it usually is. */
export type View = {
  /** Of the usual distance, which is ten times the width. */
  distance?: number;
  /** What is out of focus, as the standard deviation in mm on the paper. */
  blurMm?: number;
  turnDegrees?: number;
  /** How much nearer one edge is than the other: 0, seen straight on, to 1. */
  tilt?: number;
  /** Of the usual light, and how much less of it there is at the right edge. */
  light?: number;
  shadow?: number;
  /** Of the contrast that the colours have. */
  contrast?: number;
  /** Standard deviation of a pixel, of 255. */
  noise?: number;
};

/** A lens at its best, at the distance of a hand. */
const LEAST_BLUR_MM = 0.06;
const SENSOR_NOISE = 3;

/** No phone focuses nearer. */
const NEAREST_MM = 150;
const DISTANCE_PER_SIDE = 10;

/** A frame of 1,920 pixels over the 69° of a usual lens: 0.18 mm on a wall 25 cm away. */
const MM_PER_PX_AT_1_MM = 0.00072;

/** Grey of the table or the wall around it. */
const AROUND = 170;

/**
 * What a phone sees of a printed symbol: as many pixels as it has for it at that distance, as sharp, and in that light. The same
 * every time.
 *
 * @param paper  the print, with more pixels than are seen
 */
export function look(paper: GreySquare, { moduleMm, sizeMm }: Print, view: View): GreySquare {
  const { distance = 1, blurMm = LEAST_BLUR_MM, turnDegrees = 0, tilt = 0 } = view;
  const paperPxPerMm = paper.side / sizeMm;
  const sharp = blurBy(paper, Math.max(blurMm, 0.15 * moduleMm) * paperPxPerMm);
  const turned = turnDegrees === 0 && tilt === 0 ? sharp : transform(sharp, turnDegrees, tilt);
  const awayMm = Math.max(NEAREST_MM, DISTANCE_PER_SIDE * sizeMm) * distance;
  const seen = shrink(turned, 1 / (awayMm * MM_PER_PX_AT_1_MM * paperPxPerMm));
  return expose(seen, view);
}

/** The same print is looked at in many ways, through the same lens. */
const blurredOf = new WeakMap<GreySquare, Map<number, GreySquare>>();

function blurBy(paper: GreySquare, sigmaPx: number): GreySquare {
  const known = blurredOf.get(paper) ?? new Map<number, GreySquare>();
  blurredOf.set(paper, known);
  const blurred = known.get(sigmaPx) ?? gauss(paper, sigmaPx);
  known.set(sigmaPx, blurred);
  return blurred;
}

/** Three times the mean of neighbours in each direction, which comes as near to a Gauss as any lens does. */
function gauss({ side, data }: GreySquare, sigmaPx: number): GreySquare {
  // Three boxes of width w have the variance (w² − 1) / 4; a width between two odd ones is mixed of both.
  const wanted = Math.sqrt(4 * sigmaPx * sigmaPx + 1);
  const reach = Math.floor((wanted - 1) / 2);
  const [narrow, wide] = [2 * reach + 1, 2 * reach + 3];
  const part = (wanted * wanted - narrow * narrow) / (wide * wide - narrow * narrow);
  const weights: Weights = { reach, inner: (1 - part) / narrow + part / wide, outer: part / wide };
  const blurred = new Float32Array(data);
  const edge = reach + 1;
  const line = new Float32Array(side + 2 * edge);
  for (let at = 0; at < side; at++) meanAlong(blurred, line, at * side, 1, weights);
  for (let at = 0; at < side; at++) meanAlong(blurred, line, at, side, weights);
  return { side, data: new Uint8Array(blurred) };
}

/** Of each of the `reach` neighbours on both sides, and of the one beyond. */
type Weights = { reach: number; inner: number; outer: number };

/** @param line  room for a line, whose ends are continued outward */
function meanAlong(
  values: Float32Array,
  line: Float32Array,
  start: number,
  step: number,
  { reach, inner, outer }: Weights,
): void {
  const edge = reach + 1;
  const length = line.length - 2 * edge;
  for (let pass = 0; pass < 3; pass++) {
    for (let at = 0; at < length; at++) line[edge + at] = values[start + at * step] ?? 0;
    line.fill(line[edge] ?? 0, 0, edge);
    line.fill(line[edge + length - 1] ?? 0, edge + length);
    let sum = 0;
    for (let at = 1; at < edge + reach + 1; at++) sum += line[at] ?? 0;
    for (let at = 0; at < length; at++) {
      const [before, behind] = [line[at] ?? 0, line[at + 2 * edge] ?? 0];
      values[start + at * step] = sum * inner + (before + behind) * outer;
      sum += behind - (line[at + 1] ?? 0);
    }
  }
}

/** Turned in its plane and leaned back, on a ground around it. */
function transform({ side, data }: GreySquare, degrees: number, tilt: number): GreySquare {
  const wide = Math.round(side * 1.35);
  const seen = new Uint8Array(wide * wide).fill(AROUND);
  const angle = (degrees * Math.PI) / 180;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  for (let y = 0; y < wide; y++) {
    for (let x = 0; x < wide; x++) {
      const [fromX, fromY] = [(x - wide / 2) / side, (y - wide / 2) / side];
      const depth = 1 - tilt * fromY;
      const [flatX, flatY] = [(fromX * (1 + 0.15 * tilt)) / depth, (fromY * (1 + tilt)) / depth];
      const sourceX = (flatX * cosine - flatY * sine + 0.5) * side - 0.5;
      const sourceY = (flatX * sine + flatY * cosine + 0.5) * side - 0.5;
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

/** Each pixel of the sensor is the mean of what falls on it. @param scale  at most 1 */
function shrink({ side, data }: GreySquare, scale: number): GreySquare {
  const small = Math.max(1, Math.round(side * Math.min(1, scale)));
  const sums = new Float32Array(small * small);
  const counts = new Uint32Array(small * small);
  const placeOf = Uint16Array.from({ length: side }, (_, at) => Math.floor((at * small) / side));
  for (let y = 0, at = 0; y < side; y++) {
    const row = (placeOf[y] ?? 0) * small;
    for (let x = 0; x < side; x++, at++) {
      const to = row + (placeOf[x] ?? 0);
      sums[to] = (sums[to] ?? 0) + (data[at] ?? 0);
      counts[to] = (counts[to] ?? 0) + 1;
    }
  }
  const seen = new Uint8Array(sums.length);
  for (let at = 0; at < seen.length; at++) seen[at] = (sums[at] ?? 0) / Math.max(1, counts[at] ?? 1);
  return { side: small, data: seen };
}

function expose({ side, data }: GreySquare, view: View): GreySquare {
  const { light = 1, shadow = 0, contrast = 1, noise = SENSOR_NOISE } = view;
  const random = generator(7);
  const seen = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at++) {
    const lit = AROUND + ((data[at] ?? 0) - AROUND) * contrast;
    // The sum of three numbers from 0 to 1 has a standard deviation of a half.
    const grain = (random() + random() + random() - 1.5) * 2 * noise;
    seen[at] = lit * light * (1 - (shadow * (at % side)) / side) + grain;
  }
  return { side, data: new Uint8Array(seen.buffer) };
}

/** A sequence of numbers from 0 to 1 that is the same each time (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
