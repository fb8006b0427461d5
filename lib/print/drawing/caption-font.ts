import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { create, type Font, type PathCommand } from 'fontkit';
import type { OutlineStep } from '../../qr';
import { placeOutline, rectangleOutline } from '../../qr';

/** One sign as it is set: its outline about the baseline and its width, for a type size of 1, y downward. */
export type Glyph = { outline: OutlineStep[]; width: number; isMissing: boolean };

/** Ascender and descender of the font, for a type size of 1: 1160 and 288 of 1000 units. */
export const ASCENT = 1.16;
export const DESCENT = 0.288;

type Subset = { file: string; font: Font | null };

/**
 * Noto Sans SC (SIL Open Font License 1.1), as it lies in its package: some hundred files of a part of Unicode each, opened when
 * a sign of theirs is first wanted. 13,633 signs: GB 2312, much of GBK, Latin.
 */
let subsets: Map<number, Subset> | null = null;
const glyphs = new Map<number, Glyph>();

/** @returns a box for a sign that the font does not hold */
export function glyphOf(codePoint: number): Glyph {
  let glyph = glyphs.get(codePoint);
  if (!glyph) {
    glyph = drawGlyph(codePoint) ?? missingGlyph;
    glyphs.set(codePoint, glyph);
  }
  return glyph;
}

const missingGlyph: Glyph = {
  isMissing: true,
  width: 1,
  outline: [...rectangleOutline(0.1, -0.8, 0.8, 0.86), ...rectangleOutline(0.16, -0.74, 0.68, 0.74, true)],
};

function drawGlyph(codePoint: number): Glyph | null {
  const font = openSubset(codePoint);
  if (!font?.hasGlyphForCodePoint(codePoint)) return null;
  const glyph = font.glyphForCodePoint(codePoint);
  const em = font.unitsPerEm;
  return {
    isMissing: false,
    width: glyph.advanceWidth / em,
    outline: placeOutline(toSteps(glyph.path.commands), 1 / em, 0, 0),
  };
}

/** Font units, y upward, to outline steps, y downward; quadratic curves become cubic. */
function toSteps(commands: readonly PathCommand[]): OutlineStep[] {
  const steps: OutlineStep[] = [];
  let [x, y] = [0, 0];
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
    switch (command) {
      case 'moveTo':
      case 'lineTo':
        steps.push({ op: command === 'moveTo' ? 'M' : 'L', x: a, y: -b });
        [x, y] = [a, b];
        break;
      case 'quadraticCurveTo':
        steps.push({
          op: 'C',
          x1: x + (2 / 3) * (a - x),
          y1: -(y + (2 / 3) * (b - y)),
          x2: c + (2 / 3) * (a - c),
          y2: -(d + (2 / 3) * (b - d)),
          x: c,
          y: -d,
        });
        [x, y] = [c, d];
        break;
      case 'bezierCurveTo':
        steps.push({ op: 'C', x1: a, y1: -b, x2: c, y2: -d, x: e, y: -f });
        [x, y] = [e, f];
        break;
      case 'closePath':
        steps.push({ op: 'Z' });
        break;
    }
  }
  return steps;
}

function openSubset(codePoint: number): Font | null {
  subsets ??= listSubsets();
  const subset = subsets.get(codePoint);
  if (!subset) return null;
  if (!subset.font) {
    const font = create(readFileSync(subset.file));
    if (!('glyphForCodePoint' in font)) throw new Error(`${subset.file} is a collection of fonts`);
    subset.font = font;
  }
  return subset.font;
}

/** Which file holds which sign, from the package's own style sheet. */
function listSubsets(): Map<number, Subset> {
  const folder = path.join(
    path.dirname(createRequire(import.meta.url).resolve('noto-sans-sc/package.json')),
    'noto_sans_sc_regular',
  );
  const styles = readFileSync(path.join(folder, 'css.css'), 'utf8');
  const byCodePoint = new Map<number, Subset>();
  for (const [, file = '', ranges = ''] of styles.matchAll(/url\(([^)]+)\)[^}]*unicode-range: ([^;]+);/g)) {
    const subset: Subset = { file: path.join(folder, file), font: null };
    for (const [, from = '', to = from] of ranges.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)) {
      for (let point = Number.parseInt(from, 16); point <= Number.parseInt(to, 16); point++) {
        byCodePoint.set(point, subset);
      }
    }
  }
  return byCodePoint;
}
