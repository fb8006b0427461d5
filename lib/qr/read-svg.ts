import { ReadBackError, type SymbolRaster } from './raster';

const MAX_SIDE = 177 + 2 * 40;

/**
 * Reads back an SVG of `writeSvg` from its text alone: the path is walked and its rectangles filled.
 *
 * Any path of M, h, v, H, V and z in whole numbers is understood; a corner off the module grid, a rectangle outside the
 * picture or over another one, a second path or a clip-path is refused, since a printer's software may treat it otherwise.
 *
 * @returns the picture in modules and the width that the file states, in mm
 * @throws ReadBackError
 */
export function readSvg(svg: string): { raster: SymbolRaster; sizeMm: number } {
  const root = /^<svg [^>]*width="([\d.]+)mm" height="([\d.]+)mm" viewBox="0 0 (\d+) (\d+)"[^>]*>/.exec(svg);
  if (!root) throw new ReadBackError('The svg element does not state its size in mm and its viewBox');
  const [, width, height, side, sideDown] = root;
  if (width !== height || side !== sideDown) throw new ReadBackError('The picture is not square');
  if (Number(side) > MAX_SIDE) throw new ReadBackError(`A side of ${side} modules is more than a symbol has`);
  if (!svg.includes(`<rect width="${side}" height="${side}" fill="#fff"/>`)) {
    throw new ReadBackError('The white ground does not fill the picture');
  }
  if (/clip|mask|transform|style|fill-rule/.test(svg.replace(/<title>[^<]*<\/title>/, ''))) {
    throw new ReadBackError('The picture is clipped, masked, styled or transformed');
  }
  const paths = [...svg.matchAll(/<path fill="#000" d="([^"]*)"\/>/g)];
  const [path, second] = paths;
  if (path?.[1] === undefined || second) throw new ReadBackError('There is not exactly one black path');
  return { raster: fillPath(path[1], Number(side)), sizeMm: Number(width) };
}

function fillPath(path: string, side: number): SymbolRaster {
  const cells = new Uint8Array(side * side);
  for (const corners of walkPath(path)) fillRectangle(cells, side, corners);
  return { side, cells };
}

type Corner = { x: number; y: number };

/** The sub-paths as lists of corners, all of them closed. */
function walkPath(path: string): Corner[][] {
  const subPaths: Corner[][] = [];
  let corners: Corner[] = [];
  let x = 0;
  let y = 0;
  let end = 0;
  for (const step of path.matchAll(/M(\d+) (\d+)|([hvHV])(-?\d+)|(z)/g)) {
    if (step.index !== end) throw new ReadBackError(`The path holds something unknown at ${end}`);
    end = step.index + step[0].length;
    const [, moveX, moveY, line, length, close] = step;
    if (close) {
      subPaths.push(corners);
      corners = [];
      continue;
    }
    if (moveX !== undefined) {
      if (corners.length > 0) throw new ReadBackError(`A sub-path is not closed before ${end}`);
      x = Number(moveX);
      y = Number(moveY);
    } else if (line === 'h') x += Number(length);
    else if (line === 'v') y += Number(length);
    else if (line === 'H') x = Number(length);
    else y = Number(length);
    corners.push({ x, y });
  }
  if (end !== path.length || corners.length > 0) throw new ReadBackError(`The path breaks off at ${end}`);
  return subPaths;
}

function fillRectangle(cells: Uint8Array, side: number, corners: Corner[]): void {
  const [a, b, c, d] = corners;
  if (!a || !b || !c || !d || corners.length !== 4) throw new ReadBackError('A sub-path is not a rectangle');
  const closed =
    (a.y === b.y && b.x === c.x && c.y === d.y && d.x === a.x) ||
    (a.x === b.x && b.y === c.y && c.x === d.x && d.y === a.y);
  if (!closed) throw new ReadBackError(`The sub-path at ${a.x} ${a.y} is not a rectangle`);
  const [left, right] = [Math.min(a.x, c.x), Math.max(a.x, c.x)];
  const [top, bottom] = [Math.min(a.y, c.y), Math.max(a.y, c.y)];
  if (left < 0 || top < 0 || right > side || bottom > side) {
    throw new ReadBackError(`The rectangle at ${left} ${top} leaves the picture`);
  }
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * side + x;
      if (cells[at] === 1) throw new ReadBackError(`Two rectangles cover the module at ${x} ${y}`);
      cells[at] = 1;
    }
  }
}
