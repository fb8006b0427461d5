import type { Pixels } from '../../qr/png';
import { type GreySquare, lumaOf } from './paints';

/** The square at the top of a picture, averaged down to `side` pixels: what a reader's camera sees of it. */
export function shrinkPixels({ width, channels, data }: Pixels, side: number): GreySquare {
  const to = new Float32Array(side * side);
  const counts = new Uint32Array(side * side);
  const columnOf = Uint16Array.from({ length: width }, (_, x) => Math.floor((x * side) / width));
  for (let y = 0, from = 0; y < width; y++) {
    const row = Math.floor((y * side) / width) * side;
    for (let x = 0; x < width; x++, from += channels) {
      const at = row + (columnOf[x] ?? 0);
      const [first = 0, green = first, blue = first] = [data[from], data[from + 1], data[from + 2]];
      to[at] = (to[at] ?? 0) + (channels === 1 ? first : lumaOf({ red: first, green, blue }));
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return { side, data: Uint8Array.from(to, (sum, at) => sum / Math.max(1, counts[at] ?? 1) + 0.5) };
}

/** Every pixel the mean of itself and its eight neighbours; the edge is continued outward. */
export function blur({ side, data }: GreySquare): GreySquare {
  const across = new Float32Array(data.length);
  const blurred = new Uint8Array(data.length);
  const clamp = (at: number) => Math.min(side - 1, Math.max(0, at));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const row = y * side;
      across[row + x] =
        ((data[row + clamp(x - 1)] ?? 0) + (data[row + x] ?? 0) + (data[row + clamp(x + 1)] ?? 0)) / 3;
    }
  }
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const above = across[clamp(y - 1) * side + x] ?? 0;
      const below = across[clamp(y + 1) * side + x] ?? 0;
      blurred[y * side + x] = (above + (across[y * side + x] ?? 0) + below) / 3 + 0.5;
    }
  }
  return { side, data: blurred };
}
