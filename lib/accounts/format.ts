import type { SceneRange } from './types';

const separators = /[\s,，、;；]+/u;
const rangePattern = /^(\d{1,9})(?:(?:-|–|—|~|～|至|到|\.\.)(\d{1,9}))?$/u;

/**
 * Reads ranges as people write them: `1-5000, 8000`, `1～5000、8000`, one a line.
 *
 * @returns `faults`: the pieces that are none, as written; bounds and order are the schema's business
 */
export function parseRanges(text: string): { ranges: SceneRange[]; faults: string[] } {
  const ranges: SceneRange[] = [];
  const faults: string[] = [];
  // Spaces around a dash belong to the range.
  const joined = text.normalize('NFKC').replace(/\s*(-|–|—|~|至|到|\.\.)\s*/gu, '$1');
  for (const piece of joined.split(separators).filter(Boolean)) {
    const found = rangePattern.exec(piece);
    if (found) ranges.push([Number(found[1]), Number(found[2] ?? found[1])]);
    else faults.push(piece);
  }
  return { ranges, faults };
}

/** `1-5000, 8000` */
export function formatRanges(ranges: readonly SceneRange[]): string {
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

/** One a line, as written; empty lines do not count. Spaces within a line do: WeChat tells them apart. */
export function parseLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
}

export function countScenes(ranges: readonly SceneRange[]): number {
  return ranges.reduce((sum, [from, to]) => sum + Math.max(0, to - from + 1), 0);
}

/** Real app ids are wx and 16 hex digits, secrets 32 hex digits; others belong to a stand-in, or are typing errors. */
export function looksLikeAppId(text: string): boolean {
  return /^wx[0-9a-f]{16}$/i.test(text.trim());
}

export function looksLikeAppSecret(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text.trim());
}
