import type { QrMatrix } from './matrix';
import { type Corner, type OutlineStep, rectangleOutline, roundedOutline, roundedRectangle } from './outline';
import { darkRectangles } from './path';
import type { FinderStyle, ModuleShape } from './shapes';

/** Dots touch nothing and leave a tenth of a module between them; smaller ones go under when the ink runs thin. */
const DOT_RADIUS = 0.45;

/** A free corner of a rounded module is a quarter of a circle of half a module. */
const MODULE_RADIUS = 0.5;

const FINDER = 7;

/**
 * The dark parts of a symbol as outlines, in modules, its origin at the symbol's own corner, without quiet zone.
 *
 * Square modules are merged to rectangles, rounded ones to the outline of everything that touches, dots stand alone. Finders
 * have a style of their own and are whole in all of them: a reader looks for their 1:1:3:1:1 first.
 *
 * @param patch  modules that are left out in the middle for a logo
 */
export function symbolOutline(
  matrix: QrMatrix,
  style: { moduleShape: ModuleShape; finderStyle: FinderStyle },
  patch?: { at: number; side: number },
): OutlineStep[] {
  const cells = patch ? clearPatch(matrix, patch) : matrix.cells;
  if (style.moduleShape === 'square' && style.finderStyle === 'square') {
    return darkRectangles({ ...matrix, cells }).flatMap(({ x, y, width, height }) =>
      rectangleOutline(x, y, width, height),
    );
  }
  const withoutFinders = clearFinders(cells, matrix.size);
  return [
    ...moduleOutline({ ...matrix, cells: withoutFinders }, style.moduleShape),
    ...finderCorners(matrix.size).flatMap(({ x, y }) => finderOutline(x, y, style.finderStyle)),
  ];
}

function moduleOutline(matrix: QrMatrix, shape: ModuleShape): OutlineStep[] {
  if (shape === 'rounded') return traceOutline(matrix, MODULE_RADIUS);
  if (shape === 'square') {
    return darkRectangles(matrix).flatMap(({ x, y, width, height }) => rectangleOutline(x, y, width, height));
  }
  const { size, cells } = matrix;
  const steps: OutlineStep[] = [];
  for (let at = 0; at < cells.length; at++) {
    if (cells[at] !== 1) continue;
    const margin = 0.5 - DOT_RADIUS;
    const left = (at % size) + margin;
    steps.push(...roundedRectangle(left, Math.floor(at / size) + margin, 2 * DOT_RADIUS, DOT_RADIUS));
  }
  return steps;
}

/** Ring and core; the radii keep the width of the ring through the corner. */
function finderOutline(x: number, y: number, style: FinderStyle): OutlineStep[] {
  const outer = style === 'rounded' ? 2 : 0;
  const inner = style === 'rounded' ? 1 : 0;
  return [
    ...roundedRectangle(x, y, FINDER, outer),
    ...roundedRectangle(x + 1, y + 1, FINDER - 2, inner, true),
    ...roundedRectangle(x + 2, y + 2, FINDER - 4, inner),
  ];
}

const finderCorners = (size: number) => [
  { x: 0, y: 0 },
  { x: size - FINDER, y: 0 },
  { x: 0, y: size - FINDER },
];

function clearFinders(cells: Uint8Array, size: number): Uint8Array {
  const cleared = cells.slice();
  for (const corner of finderCorners(size)) {
    for (let y = corner.y; y < corner.y + FINDER; y++) {
      cleared.fill(0, y * size + corner.x, y * size + corner.x + FINDER);
    }
  }
  return cleared;
}

/** A copy of the modules with those under a logo's patch light. */
export function clearPatch(
  { size, cells }: QrMatrix,
  { at, side }: { at: number; side: number },
): Uint8Array {
  const cleared = cells.slice();
  for (let y = at; y < at + side; y++) cleared.fill(0, y * size + at, y * size + at + side);
  return cleared;
}

const directions = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 0, y: -1 },
] as const;

/**
 * Walks round everything that is dark, dark on the right hand. Modules that meet at a corner alone stay apart, so their
 * corners are free and are rounded.
 */
function traceOutline({ size, cells }: QrMatrix, radius: number): OutlineStep[] {
  const isDark = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < size && y < size && cells[y * size + x] === 1;
  // The module on the right hand of an edge that leaves (x, y) in direction 0…3, and the one on its left.
  const rightOf = [
    { x: 0, y: 0 },
    { x: -1, y: 0 },
    { x: -1, y: -1 },
    { x: 0, y: -1 },
  ] as const;
  const isEdge = (x: number, y: number, direction: number) => {
    const right = rightOf[direction & 3] ?? rightOf[0];
    const left = rightOf[(direction + 3) & 3] ?? rightOf[0];
    return isDark(x + right.x, y + right.y) && !isDark(x + left.x, y + left.y);
  };
  const seen = new Set<number>();
  const steps: OutlineStep[] = [];
  for (let startY = 0; startY < size; startY++) {
    for (let startX = 0; startX < size; startX++) {
      // Every outline has a corner where an edge goes right and none came from the left.
      if (!isEdge(startX, startY, 0) || seen.has(startY * (size + 1) + startX)) continue;
      const corners: Corner[] = [];
      let x = startX;
      let y = startY;
      let direction = 0;
      do {
        if (direction === 0) seen.add(y * (size + 1) + x);
        const step = directions[direction & 3] ?? directions[0];
        x += step.x;
        y += step.y;
        const turn = [1, 0, 3].find((by) => isEdge(x, y, direction + by)) ?? 1;
        if (turn !== 0) corners.push({ x, y, radius: turn === 1 ? radius : 0 });
        direction = (direction + turn) & 3;
      } while (x !== startX || y !== startY || direction !== 0);
      steps.push(...roundedOutline(corners));
    }
  }
  return steps;
}
