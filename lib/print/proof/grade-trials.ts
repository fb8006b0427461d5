import type { GradeTrial } from '../design-types';
import { generator, look, type Print, type View } from './look';
import type { GreySquare } from './paints';

/** Pixels a module of the print that is tried; what is seen of it has fewer. */
export const GRADE_PX_PER_MODULE = 6;

/** Tones of what falls on a print, and of what lies under its ink. */
const COFFEE = 60;
const PAPER = 235;

/**
 * What may happen between a file and a phone, three times as hard as it is called: read at the hardest it is A, at the middle B,
 * at the mildest C. Each is the same every time: two designs are tried by the same misfortune.
 */
export type Trial = {
  levels: readonly [a: number, b: number, c: number];
  /** @returns what the phone sees, of so many mishaps of the kind as are tried */
  see: (paper: GreySquare, print: Print, level: number) => GreySquare[];
};

const seen =
  (view: (level: number, print: Print) => View): Trial['see'] =>
  (paper, print, level) => [look(paper, print, view(level, print))];

export const trials: Readonly<Record<GradeTrial, Trial>> = {
  asDrawn: { levels: [1, 1, 1], see: seen(() => ({})) },
  // Of the usual distance.
  far: { levels: [1.7, 1.4, 1.15], see: seen((distance) => ({ distance })) },
  // Out of focus by so many millimetres on the paper; a large code is read from farther away, where more of it blurs.
  blurred: {
    levels: [1, 0.7, 0.5],
    see: seen((part, { moduleMm }) => ({ blurMm: part * Math.max(0.18, 0.34 * moduleMm) })),
  },
  // Of the light that a phone is used to; its own noise stays.
  dark: { levels: [0.15, 0.25, 0.4], see: seen((light) => ({ light, shadow: 0.4, noise: 5 })) },
  // Of the contrast on the day of print.
  faded: { levels: [0.2, 0.3, 0.45], see: seen((contrast) => ({ contrast })) },
  rotated: { levels: [33, 20, 10], see: seen((turnDegrees) => ({ turnDegrees })) },
  tilted: { levels: [0.4, 0.3, 0.2], see: seen((tilt) => ({ tilt })) },
  // Millimetres by which ink grows over each edge: newsprint, uncoated paper, coated paper.
  inkSpread: {
    levels: [0.12, 0.08, 0.04],
    see: (paper, print, level) => [look(darkenEdges(paper, level / print.moduleMm), print, {})],
  },
  // Of the symbol's area, in drops.
  stained: {
    levels: [0.06, 0.03, 0.015],
    see: (paper, print, level) =>
      [3, 11, 19].map((seed) => look(stain(paper, print, level, generator(seed)), print, {})),
  },
  // Modules wide.
  scratched: {
    levels: [1.6, 1, 0.6],
    see: (paper, print, level) => [look(scratch(paper, level), print, {})],
  },
  // All of it a little, as on a wall in the evening.
  everyday: {
    levels: [0.9, 0.65, 0.35],
    see: (paper, print, level) => [
      look(darkenEdges(paper, (0.06 * level) / print.moduleMm), print, {
        ...{ distance: 1 + 0.2 * level, turnDegrees: 14 * level, tilt: 0.25 * level },
        ...{ light: 1 - 0.55 * level, shadow: 0.3, contrast: 1 - 0.3 * level },
        ...{ blurMm: 0.06 + 0.04 * level, noise: 5 },
      }),
    ],
  },
};

/** Every dark edge moves outward. */
function darkenEdges({ side, data }: GreySquare, modules: number): GreySquare {
  const reach = modules * GRADE_PX_PER_MODULE;
  const whole = Math.floor(reach);
  const part = reach - whole;
  const spread = (values: Uint8Array, step: number) => {
    const grown = new Uint8Array(values.length);
    for (let at = 0; at < values.length; at++) {
      let darkest = values[at] ?? 255;
      for (let by = -whole; by <= whole; by++) darkest = Math.min(darkest, values[at + by * step] ?? 255);
      // A pixel that the ink reaches in part is darkened in part.
      const beyond = (whole + 1) * step;
      const next = Math.min(values[at - beyond] ?? 255, values[at + beyond] ?? 255);
      grown[at] = next < darkest ? darkest + (next - darkest) * part : darkest;
    }
    return grown;
  };
  return { side, data: spread(spread(data, 1), side) };
}

/** A scratch from edge to edge, down to the paper. */
function scratch({ side, data }: GreySquare, modules: number): GreySquare {
  const half = (modules * GRADE_PX_PER_MODULE) / 2;
  const scratched = data.slice();
  for (let y = 0; y < side; y++) {
    const middle = side * 0.6 - (y - side / 2) * 0.2;
    scratched.fill(PAPER, y * side + Math.ceil(middle - half), y * side + Math.floor(middle + half) + 1);
  }
  return { side, data: scratched };
}

/** Drops of one to two modules, dark and light by turns, all but on the finders: without one of them nothing is ever found. */
function stain(
  { side, data }: GreySquare,
  { quietZoneModules, modules }: Print,
  share: number,
  random: () => number,
): GreySquare {
  const stained = data.slice();
  const px = GRADE_PX_PER_MODULE;
  const quiet = quietZoneModules * px;
  const inner = modules * px;
  const finder = 8 * px;
  const isFree = (x: number, y: number, radius: number) => {
    const [left, right] = [x - radius < finder, x + radius > inner - finder];
    return !((y - radius < finder && (left || right)) || (y + radius > inner - finder && left));
  };
  let left = share * inner * inner;
  for (let drop = 0; left > 0; drop++) {
    const radius = (0.5 + 0.5 * random()) * px;
    const [x, y] = [random() * inner, random() * inner];
    if (!isFree(x, y, radius)) continue;
    left -= Math.PI * radius * radius;
    for (let row = Math.max(0, Math.ceil(y - radius)); row <= Math.min(inner - 1, y + radius); row++) {
      for (
        let column = Math.max(0, Math.ceil(x - radius));
        column <= Math.min(inner - 1, x + radius);
        column++
      ) {
        if ((column - x) ** 2 + (row - y) ** 2 > radius * radius) continue;
        stained[(row + quiet) * side + column + quiet] = drop % 2 === 0 ? COFFEE : PAPER;
      }
    }
  }
  return { side, data: stained };
}
