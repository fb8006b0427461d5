import { lastScene, type SceneRun, type SceneRunState } from '@/lib/quota/scene-picture';

/** How the range is laid out: rows of so many scenes, each row so high, in CSS pixels. */
export type MapLayout = { perRow: number; rowHeight: number; gap: number };

/** Fewer scenes a row where there is less room, so that a block can still be seen and hit. */
export function layoutFor(width: number): MapLayout {
  if (width >= 700) return { perRow: 1_000, rowHeight: 5, gap: 1 };
  return { perRow: 500, rowHeight: 4, gap: 1 };
}

export function heightOf({ perRow, rowHeight, gap }: MapLayout): number {
  return (lastScene / perRow) * (rowHeight + gap);
}

/** @returns the scene under a point of the map */
export function sceneAt(x: number, y: number, width: number, { perRow, rowHeight, gap }: MapLayout): number {
  const rows = lastScene / perRow;
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y / (rowHeight + gap))));
  const column = Math.min(perRow - 1, Math.max(0, Math.floor((x / width) * perRow)));
  return row * perRow + column + 1;
}

export type MapColours = Record<'ink' | 'muted' | 'accent' | 'amber' | 'line' | 'surface' | 'sunken', string>;

/** A texture for each state, so that they are told apart without colour too; the same as in the legend. */
function fillOf(state: SceneRunState, colours: MapColours, context: CanvasRenderingContext2D, scale: number) {
  const texture = (
    size: number,
    background: string,
    draw: (pen: CanvasRenderingContext2D, size: number) => void,
  ) => {
    const tile = document.createElement('canvas');
    tile.width = size * scale;
    tile.height = size * scale;
    const pen = tile.getContext('2d');
    if (!pen) return background;
    pen.scale(scale, scale);
    pen.fillStyle = background;
    pen.fillRect(0, 0, size, size);
    draw(pen, size);
    const pattern = context.createPattern(tile, 'repeat');
    // The tile is drawn at the screen's resolution, and the canvas is scaled by it once more.
    pattern?.setTransform(new DOMMatrix([1 / scale, 0, 0, 1 / scale, 0, 0]));
    return pattern ?? background;
  };
  switch (state) {
    case 'issued':
      return colours.accent;
    case 'archived':
      return texture(4, colours.accent, (pen) => {
        pen.fillStyle = colours.surface;
        pen.fillRect(0, 2, 4, 1);
      });
    case 'reserved':
      return texture(4, colours.surface, (pen) => {
        pen.fillStyle = colours.accent;
        pen.fillRect(0, 0, 2, 2);
        pen.fillRect(2, 2, 2, 2);
      });
    case 'external':
      return texture(6, colours.surface, (pen, size) => {
        pen.strokeStyle = colours.ink;
        pen.lineWidth = 1.5;
        for (const shift of [-size, 0, size]) {
          pen.beginPath();
          pen.moveTo(shift, size);
          pen.lineTo(shift + size, 0);
          pen.stroke();
        }
      });
    case 'others':
      return texture(4, colours.sunken, (pen) => {
        pen.fillStyle = colours.muted;
        pen.fillRect(1, 2, 1, 1);
      });
    case 'free':
      return colours.surface;
  }
}

/** Draws all runs; the one that is looked at stands out by a frame. */
export function drawMap(
  canvas: HTMLCanvasElement,
  runs: readonly SceneRun[],
  {
    width,
    layout,
    colours,
    marked,
  }: { width: number; layout: MapLayout; colours: MapColours; marked: SceneRun | null },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = window.devicePixelRatio || 1;
  const height = heightOf(layout);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  context.fillStyle = colours.line;
  context.fillRect(0, 0, width, height);
  const fills = new Map<SceneRunState, string | CanvasPattern>();
  for (const run of runs) {
    const fill = fills.get(run.state) ?? fillOf(run.state, colours, context, scale);
    fills.set(run.state, fill);
    context.fillStyle = fill;
    for (const box of boxesOf(run, width, layout)) context.fillRect(box.x, box.y, box.width, box.height);
  }
  if (!marked) return;
  context.strokeStyle = colours.ink;
  context.lineWidth = 2;
  context.stroke(outlineOf(marked, width, layout));
}

/** Around the run as a whole: a frame for each row would bury what it shows. */
function outlineOf({ from, to }: SceneRun, width: number, { perRow, rowHeight, gap }: MapLayout): Path2D {
  const [firstRow, lastRow] = [Math.floor((from - 1) / perRow), Math.floor((to - 1) / perRow)];
  const start = (((from - 1) % perRow) / perRow) * width;
  const end = ((((to - 1) % perRow) + 1) / perRow) * width;
  const top = (row: number) => row * (rowHeight + gap);
  const bottom = (row: number) => top(row) + rowHeight;
  const path = new Path2D();
  if (firstRow === lastRow) {
    path.rect(start - 1, top(firstRow), Math.max(end - start, 1) + 2, rowHeight);
    return path;
  }
  path.moveTo(start, top(firstRow));
  path.lineTo(width, top(firstRow));
  path.lineTo(width, top(lastRow));
  path.lineTo(end, top(lastRow));
  path.lineTo(end, bottom(lastRow));
  path.lineTo(0, bottom(lastRow));
  path.lineTo(0, bottom(firstRow));
  path.lineTo(start, bottom(firstRow));
  path.closePath();
  return path;
}

/** A run's part of each row that it touches; never thinner than can be seen. */
function boxesOf({ from, to }: SceneRun, width: number, { perRow, rowHeight, gap }: MapLayout) {
  const boxes: { x: number; y: number; width: number; height: number }[] = [];
  for (let row = Math.floor((from - 1) / perRow); row <= Math.floor((to - 1) / perRow); row++) {
    const first = Math.max(from - 1, row * perRow) - row * perRow;
    const last = Math.min(to - 1, (row + 1) * perRow - 1) - row * perRow;
    const x = (first / perRow) * width;
    boxes.push({
      x,
      y: row * (rowHeight + gap),
      width: Math.max(((last + 1) / perRow) * width - x, 0.75),
      height: rowHeight,
    });
  }
  return boxes;
}
