import type { QrMatrix } from './matrix';

/**
 * The dark modules as one SVG path of merged rectangles, in units of a module, its origin at the symbol's own corner.
 *
 * Rectangles are as wide as their row allows and as tall as the same run goes on below. They never overlap, so either fill
 * rule gives the same picture. For a quiet zone, widen the viewBox: `viewBox="-4 -4 41 41"`.
 *
 * @returns for example `M0 0h7v1h-7z`; whole numbers only
 */
export function symbolPath(matrix: QrMatrix): string {
  return symbolPathAt(matrix, 0);
}

/** As `symbolPath`, with the symbol moved right and down by `offset` modules. */
export function symbolPathAt(matrix: QrMatrix, offset: number): string {
  let path = '';
  for (const { x, y, width, height } of darkRectangles(matrix)) {
    path += `M${x + offset} ${y + offset}h${width}v${height}h-${width}z`;
  }
  return path;
}

export type ModuleRectangle = { x: number; y: number; width: number; height: number };

/** The dark modules as rectangles that do not overlap, in modules; for every writer of vector formats. */
export function darkRectangles({ size, cells }: QrMatrix): ModuleRectangle[] {
  const rectangles: ModuleRectangle[] = [];
  // By first column: the rectangle of the row above that a run of this row may continue.
  let above = new Map<number, ModuleRectangle>();
  for (let y = 0; y < size; y++) {
    const here = new Map<number, ModuleRectangle>();
    const rowStart = y * size;
    for (let x = 0; x < size; ) {
      if (cells[rowStart + x] === 0) {
        x++;
        continue;
      }
      let end = x + 1;
      while (end < size && cells[rowStart + end] === 1) end++;
      const width = end - x;
      const upper = above.get(x);
      if (upper?.width === width) {
        upper.height++;
        here.set(x, upper);
      } else {
        const rectangle = { x, y, width, height: 1 };
        rectangles.push(rectangle);
        here.set(x, rectangle);
      }
      x = end;
    }
    above = here;
  }
  return rectangles;
}
