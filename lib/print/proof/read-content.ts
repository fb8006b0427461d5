import { type OutlineStep, ReadBackError } from '../../qr';
import type { Rgb } from '../contrast';
import { boundsOf, type Paint } from './paints';

type Matrix = readonly [number, number, number, number, number, number];

const MM_PER_POINT = 25.4 / 72;
const TOKEN = /<<|>>|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\)])*\)|\/[^\s<>/()[\]]+|[^\s<>/()[\]]+/g;

/** The logo as the file holds it, for the operator that paints it. */
export type EmbeddedImage = { sidePx: number; rgb: Uint8Array };

/**
 * Follows the operators of a PDF page, or of an EPS that names them alike, and says what they paint.
 *
 * Only what a print file of ours may do is known; clipping, patterns, strokes and transparency are not, and are refused.
 *
 * @param heightPt  of the page, whose y runs upward
 * @throws ReadBackError  an operator that is not known, or one without its operands
 */
export function readContent(
  content: string,
  heightPt: number,
  images: ReadonlyMap<string, EmbeddedImage>,
): { paints: Paint[]; texts: string[] } {
  const paints: Paint[] = [];
  const texts: string[] = [];
  const stack: { matrix: Matrix; colour: Rgb | null }[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  let colour: Rgb | null = null;
  let path: OutlineStep[] = [];
  let operands: string[] = [];

  const numbers = (count: number): number[] => {
    const values = operands.slice(-count).map(Number);
    if (values.length !== count || values.some(Number.isNaN)) {
      throw new ReadBackError(`An operator has not ${count} numbers before it`);
    }
    return values;
  };
  const place = (x: number, y: number) => ({
    x: (matrix[0] * x + matrix[2] * y + matrix[4]) * MM_PER_POINT,
    y: (heightPt - (matrix[1] * x + matrix[3] * y + matrix[5])) * MM_PER_POINT,
  });

  const paintImage = (name: string) => {
    const image = images.get(name);
    if (!image) throw new ReadBackError(`The picture ${name} is not in the file`);
    const [corner, across] = [place(0, 1), place(1, 1)];
    paints.push({ kind: 'image', leftMm: corner.x, topMm: corner.y, sideMm: across.x - corner.x, ...image });
  };

  const operators = new Map<string, () => void>(
    Object.entries({
      q: () => stack.push({ matrix, colour }),
      cm: () => {
        const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers(6);
        const [A, B, C, D, E, F] = matrix;
        matrix = [
          a * A + b * C,
          a * B + b * D,
          c * A + d * C,
          c * B + d * D,
          e * A + f * C + E,
          e * B + f * D + F,
        ];
      },
      k: () => {
        const [c = 0, m = 0, y = 0, black = 0] = numbers(4);
        const tone = (ink: number) => Math.round(255 * (1 - ink) * (1 - black));
        colour = { red: tone(c), green: tone(m), blue: tone(y) };
      },
      rg: () => {
        const [red = 0, green = 0, blue = 0] = numbers(3).map((part) => Math.round(part * 255));
        colour = { red, green, blue };
      },
      m: () => {
        const [x = 0, y = 0] = numbers(2);
        path.push({ op: 'M', ...place(x, y) });
      },
      l: () => {
        const [x = 0, y = 0] = numbers(2);
        path.push({ op: 'L', ...place(x, y) });
      },
      c: () => {
        const [ax = 0, ay = 0, bx = 0, by = 0, x = 0, y = 0] = numbers(6);
        const [a, b] = [place(ax, ay), place(bx, by)];
        path.push({ op: 'C', x1: a.x, y1: a.y, x2: b.x, y2: b.y, ...place(x, y) });
      },
      h: () => path.push({ op: 'Z' }),
      re: () => {
        const [x = 0, y = 0, width = 0, height = 0] = numbers(4);
        path.push(
          { op: 'M', ...place(x, y) },
          { op: 'L', ...place(x + width, y) },
          { op: 'L', ...place(x + width, y + height) },
          { op: 'L', ...place(x, y + height) },
          { op: 'Z' },
        );
      },
      f: () => {
        if (!colour) throw new ReadBackError('Something is filled before there is a colour');
        if (path.length > 0) paints.push({ kind: 'fill', outline: path, colour, bounds: boundsOf(path) });
        path = [];
      },
    }),
  );
  operators.set('Q', () => {
    const before = stack.pop();
    if (!before) throw new ReadBackError('There is a Q without its q');
    ({ matrix, colour } = before);
  });
  operators.set('Do', () => paintImage(operands.at(-1)?.slice(1) ?? ''));
  operators.set('Logo', () => paintImage('Logo'));
  operators.set('BDC', () => {
    const at = operands.indexOf('/ActualText');
    if (at !== -1) texts.push(readHexText(operands[at + 1] ?? ''));
  });
  for (const ignored of ['BT', 'ET', 'Tf', 'Tr', 'Tz', 'Td', 'Tj', 'EMC'])
    operators.set(ignored, () => undefined);

  for (const [token] of content.matchAll(TOKEN)) {
    if (/^[A-Za-z]/.test(token)) {
      const operator = operators.get(token);
      if (!operator) throw new ReadBackError(`The operator ${token} has no place in a print file`);
      operator();
      operands = [];
    } else operands.push(token);
  }
  if (stack.length > 0) throw new ReadBackError('There is a q without its Q');
  return { paints, texts };
}

function readHexText(hex: string): string {
  const bytes = Buffer.from(hex.replace(/[<>\s]/g, ''), 'hex');
  if (bytes.length < 2 || bytes.length % 2 !== 0 || bytes.readUInt16BE(0) !== 0xfeff) {
    throw new ReadBackError('A text is not UTF-16');
  }
  return bytes.subarray(2).swap16().toString('utf16le');
}
