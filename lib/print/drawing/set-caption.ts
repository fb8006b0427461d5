import { type OutlineStep, placeOutline } from '../../qr';
import { ASCENT, DESCENT, type Glyph, glyphOf } from './caption-font';

/** A caption set in lines. Lengths in the unit of `textSize`, from the caption's top left corner, y downward. */
export type SetCaption = {
  outline: OutlineStep[];
  height: number;
  lines: CaptionLine[];
  /** Signs that the font does not hold, each once; a box stands in their place. */
  missingSigns: string[];
};
export type CaptionLine = { text: string; left: number; baseline: number; width: number };

/** From one baseline to the next; what Chinese is comfortably read at. */
const LINE_HEIGHT = 1.4;

const ELLIPSIS = '…';

/** What may not begin a line, and what may not end one (JIS X 4051, GB/T 15834). */
const NOT_FIRST = new Set([...'，。、；：？！）】》〉」』”’…—～·,.;:?!)]}%℃']);
const NOT_LAST = new Set([...'（【《〈「『“‘([{¥$']);

/** A code point that no font holds. */
const NO_SIGN = 0x10ffff;

type Sign = { text: string; glyph: Glyph };

/**
 * Sets a text in centred lines.
 *
 * A line breaks at a space, after a hyphen, and between Chinese signs, but not within a date or a number, nor so that
 * punctuation comes to stand at the wrong end; a word that is longer than a line is broken anywhere. The lines of a paragraph
 * are about as long as each other. What is more than `maxLines` is cut, with an ellipsis.
 *
 * @param width  of a line; nothing is set beyond it
 */
export function setCaption(
  text: string,
  {
    width,
    textSize,
    maxLines,
    align = 'centre',
  }: { width: number; textSize: number; maxLines: number; align?: 'left' | 'centre' | 'right' },
): SetCaption {
  const available = width / textSize;
  const paragraphs = text
    .normalize('NFC')
    .split('\n')
    .map((line) => toSigns(line.replace(/[\s\p{Cc}]+/gu, ' ').trim()))
    .filter((line) => line.length > 0);
  const filled = paragraphs.map((line) => breakLine(line, available));
  const lines =
    filled.flat().length > maxLines
      ? cutLines(filled, maxLines, available)
      : filled.flatMap((broken, at) => balance(paragraphs[at] ?? [], broken, available));

  const outline: OutlineStep[] = [];
  const missing = new Set<string>();
  const placed = lines.map((signs, row): CaptionLine => {
    const lineWidth = widthOf(signs) * textSize;
    const left = (width - lineWidth) * { left: 0, centre: 0.5, right: 1 }[align];
    const baseline = (row * LINE_HEIGHT + (LINE_HEIGHT - ASCENT - DESCENT) / 2 + ASCENT) * textSize;
    let x = left;
    for (const { text: sign, glyph } of signs) {
      if (glyph.isMissing) missing.add(sign);
      outline.push(...placeOutline(glyph.outline, textSize, x, baseline));
      x += glyph.width * textSize;
    }
    return { text: signs.map((sign) => sign.text).join(''), left, baseline, width: lineWidth };
  });
  return {
    outline,
    height: lines.length * LINE_HEIGHT * textSize,
    lines: placed,
    missingSigns: [...missing],
  };
}

/**
 * Cuts the longest paragraph first, so that an expiry on a line of its own is not lost to a long label. Where there are more
 * paragraphs than lines, the last lines stay.
 */
function cutLines(paragraphs: Sign[][][], maxLines: number, available: number): Sign[][] {
  const kept = paragraphs.slice(-maxLines).map((lines) => lines.slice());
  for (let excess = kept.flat().length - maxLines; excess > 0; excess--) {
    const longest = kept.reduce((a, b) => (b.length > a.length ? b : a));
    longest.pop();
    const last = longest.at(-1);
    if (last) longest[longest.length - 1] = endWithEllipsis(last, available);
  }
  return kept.flat();
}

function toSigns(text: string): Sign[] {
  const signs: Sign[] = [];
  // By what a reader sees as one, so that an emoji of five code points is one box and not five.
  for (const { segment } of new Intl.Segmenter('zh').segment(text)) {
    const points = [...segment];
    if (points.length === 1) signs.push({ text: segment, glyph: glyphOf(segment.codePointAt(0) ?? 0) });
    else signs.push({ text: segment, glyph: clusterGlyph(points) });
  }
  return signs;
}

/** A cluster that NFC could not compose: its first sign when the rest is only a selector, else a box. */
function clusterGlyph(points: string[]): Glyph {
  const visible = points.filter((point) => !/^[\p{Cf}\p{Variation_Selector}]$/u.test(point));
  const first = glyphOf(visible[0]?.codePointAt(0) ?? 0);
  return visible.length === 1 ? first : glyphOf(NO_SIGN);
}

const widthOf = (signs: readonly Sign[]) => signs.reduce((sum, { glyph }) => sum + glyph.width, 0);

function breakLine(signs: Sign[], available: number, breaks: Breaks = mayBreak): Sign[][] {
  const lines: Sign[][] = [];
  let rest = signs;
  while (rest.length > 0) {
    let fits = 0;
    for (let width = 0; fits < rest.length; fits++) {
      width += rest[fits]?.glyph.width ?? 0;
      if (width > available) break;
    }
    if (fits === rest.length) {
      lines.push(rest);
      break;
    }
    let end = Math.max(1, fits);
    while (end > 0 && !breaks(rest, end)) end--;
    if (end === 0) end = Math.max(1, fits);
    lines.push(trimEnd(rest.slice(0, end)));
    rest = rest.slice(end);
    while (rest[0]?.text === ' ') rest = rest.slice(1);
  }
  return lines;
}

/**
 * The narrowest lines of which there are no more: a last one of a single sign looks like a mistake. Where spaces are enough to
 * break at, nothing else is broken.
 */
function balance(signs: Sign[], broken: Sign[][], available: number): Sign[][] {
  if (broken.length === 1) return broken;
  for (const breaks of [isSpaceAt, mayBreak]) {
    let [least, most] = [widestWord(signs, breaks), available];
    if (least > available || breakLine(signs, available, breaks).length > broken.length) continue;
    for (let round = 0; round < 8; round++) {
      const width = (least + most) / 2;
      if (breakLine(signs, width, breaks).length > broken.length) least = width;
      else most = width;
    }
    return breakLine(signs, most, breaks);
  }
  return broken;
}

/** What cannot be broken: narrower lines would have to break it anywhere. */
function widestWord(signs: readonly Sign[], breaks: Breaks): number {
  let widest = 0;
  let width = 0;
  for (const [at, sign] of signs.entries()) {
    if (at > 0 && breaks(signs, at)) width = 0;
    width += sign.glyph.width;
    widest = Math.max(widest, width);
  }
  return widest;
}

/** Whether a line may end before the sign `at`. */
type Breaks = (signs: readonly Sign[], at: number) => boolean;

const isSpaceAt: Breaks = (signs, at) => signs[at]?.text === ' ' && mayBreak(signs, at);

/** Spaces at the place are left out, so that what follows them begins the next line. */
function mayBreak(signs: readonly Sign[], at: number): boolean {
  const [before, after] = [signs[at - 1], signs[at]];
  if (!before || !after) return true;
  const first = after.text === ' ' ? signs[at + 1] : after;
  if ((first && NOT_FIRST.has(first.text)) || NOT_LAST.has(before.text)) return false;
  const isHyphen = before.text === '-' && !/\d/.test(after.text);
  return before.text === ' ' || after.text === ' ' || isHyphen || isWide(before) || isWide(after);
}

/** Chinese, Japanese and Korean signs stand on a square of their own. */
const isWide = ({ text }: Sign) =>
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u3000-\u303F\uFF00-\uFFEF]/u.test(text);

function endWithEllipsis(signs: Sign[], available: number): Sign[] {
  const ellipsis = toSigns(ELLIPSIS);
  let kept = signs.at(-1)?.text === ELLIPSIS ? signs.slice(0, -1) : signs;
  while (kept.length > 0 && widthOf(kept) + widthOf(ellipsis) > available) kept = kept.slice(0, -1);
  return [...trimEnd(kept), ...ellipsis];
}

function trimEnd(signs: Sign[]): Sign[] {
  let end = signs.length;
  while (end > 0 && signs[end - 1]?.text === ' ') end--;
  return signs.slice(0, end);
}
