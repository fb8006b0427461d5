import { logoPatch, ReadBackError, type SymbolRaster } from '../../qr';
import { toRgb } from '../contrast';
import type { Picture } from '../drawing/picture';
import { type GreySquare, lumaOf } from './paints';

const FINDER = 7;

/** What of a module may be dark, as parts of it, measured in its middle: `margin` is left out at each edge. */
type Bounds = { margin: number; light: number; dark: number };

/** Square modules fill theirs to the edge. */
const FULL: Bounds = { margin: 0, light: 0.1, dark: 0.9 };

/** Round ones fill the middle, and so does a page that somebody else rendered, a fraction of a pixel off. */
const MIDDLE: Bounds = { margin: 0.2, light: 0.4, dark: 0.6 };

/** The outer corners of a rounded finder are cut by an arc; below two pixels a module nothing of it is seen. */
const CUT = { least: 0.1, most: 0.7, leastPx: 2 } as const;

/**
 * Compares every module of a file with the symbol that was meant, finders, timing and format included: error correction would
 * mend some that are wrong, and the print would begin with less of it.
 *
 * @throws ReadBackError  a module is dark that should be light, or the other way round; the message says where
 */
export function requireCells({ side, cells }: SymbolRaster, { matrix, design }: Picture): void {
  const { size } = matrix;
  const quiet = design.quietZoneModules;
  if (side !== size + 2 * quiet) throw new ReadBackError(`${side} modules across instead of ${size}`);
  for (let at = 0; at < matrix.cells.length; at++) {
    const [x, y] = [at % size, Math.floor(at / size)];
    if (cells[(y + quiet) * side + x + quiet] !== matrix.cells[at]) refuse(x, y, matrix.cells[at] === 1);
  }
}

/**
 * As `requireCells`, of pixels with shades. What a logo covers is left out.
 *
 * @param isRendered  by a renderer of others, which need not begin at a whole pixel
 */
export function requireTones({ side, data }: GreySquare, picture: Picture, isRendered = false): void {
  const { matrix, design } = picture;
  const { size, cells } = matrix;
  const px = side / picture.side;
  const [dark, light] = [lumaOf(toRgb(design.foreground)), lumaOf(toRgb(design.background))];
  const darkPart = (x: number, y: number, margin: number): number => {
    const range = (at: number) => {
      const from = (at + design.quietZoneModules) * px;
      return [Math.round(from + margin * px), Math.round(from + (1 - margin) * px)] as const;
    };
    const [[left, right], [top, bottom]] = [range(x), range(y)];
    let sum = 0;
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) sum += data[row * side + column] ?? light;
    }
    return (light - sum / ((right - left) * (bottom - top))) / (light - dark);
  };
  const patch = design.logo ? logoPatch(size, design.logo.sizePercent) : null;
  const isCovered = (at: number) => patch !== null && at >= patch.at && at < patch.at + patch.side;
  const isRound = design.finderStyle === 'rounded';
  const boundsAt = (x: number, y: number) =>
    design.moduleShape !== 'square' || isRendered || (isRound && isInFinder(x, y, size)) ? MIDDLE : FULL;
  for (let at = 0; at < cells.length; at++) {
    const [x, y] = [at % size, Math.floor(at / size)];
    if (isCovered(x) && isCovered(y)) continue;
    if (isRound && isFinderCorner(x, y, size)) {
      const part = darkPart(x, y, 0);
      if (px >= CUT.leastPx && (part < CUT.least || part > CUT.most)) refuse(x, y, part < CUT.least);
      continue;
    }
    const { margin, light: mostLight, dark: leastDark } = boundsAt(x, y);
    const part = darkPart(x, y, margin);
    if (cells[at] === 1 ? !(part >= leastDark) : !(part <= mostLight)) refuse(x, y, cells[at] === 1);
  }
}

function isInFinder(x: number, y: number, size: number): boolean {
  const isNear = (at: number) => at < FINDER;
  const isFar = (at: number) => at >= size - FINDER;
  return (isNear(x) && (isNear(y) || isFar(y))) || (isFar(x) && isNear(y));
}

function isFinderCorner(x: number, y: number, size: number): boolean {
  const isEdge = (at: number) => at === 0 || at === FINDER - 1 || at === size - FINDER || at === size - 1;
  return isInFinder(x, y, size) && isEdge(x) && isEdge(y);
}

function refuse(x: number, y: number, shouldBeDark: boolean): never {
  throw new ReadBackError(`The module at ${x} ${y} is not ${shouldBeDark ? 'dark' : 'light'}`);
}
