import { _alignmentPatterns, _BYTES, _ECC_BLOCKS, _WORDS_PER_BLOCK } from 'qr';
import { levelNames } from './encode';
import type { ErrorCorrection } from './matrix';

/** Of what error correction can mend, the half is left for dirt, folds and glare. */
const SHARE_FOR_LOGO = 0.5;

/** A finder with its separator and the format information beside it, in modules from the edge. */
const FINDER_ZONE = 9;

/**
 * The widest logo patch that a symbol bears, as an odd number of modules in the middle; 0 when it bears none.
 *
 * Every codeword that the patch touches is counted as lost, block by block, since blocks are mended apart; the worst
 * block decides. The zones of the finders and of the format information are never covered, whatever is left over.
 *
 * Placement and interleaving of codewords: ISO/IEC 18004, 7.6 and 7.7.3.
 */
export function largestLogoModules(size: number, errorCorrection: ErrorCorrection): number {
  const key = `${size}${errorCorrection}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const blockAt = blockOfModules(size, errorCorrection);
  const wordsPerBlock = _WORDS_PER_BLOCK[levelNames[errorCorrection]][(size - 17) / 4 - 1] ?? 0;
  const bearable = Math.floor(Math.floor(wordsPerBlock / 2) * SHARE_FOR_LOGO);
  let side = 0;
  while (
    size - side - 2 >= 2 * FINDER_ZONE &&
    worstLoss(blockAt, size, side === 0 ? 1 : side + 2) <= bearable
  ) {
    side = side === 0 ? 1 : side + 2;
  }
  found.set(key, side);
  return side;
}

const found = new Map<string, number>();

/** The part of what error correction can mend that a patch of so many modules leaves over, 0 to 1, in the worst block. */
export function spareCorrection(size: number, errorCorrection: ErrorCorrection, patchSide: number): number {
  const wordsPerBlock = _WORDS_PER_BLOCK[levelNames[errorCorrection]][(size - 17) / 4 - 1] ?? 0;
  if (patchSide === 0) return 1;
  return (
    1 - worstLoss(blockOfModules(size, errorCorrection), size, patchSide) / Math.floor(wordsPerBlock / 2)
  );
}

/** The patch that carries a logo: `side` modules, an odd number as the symbol's own, at `at` from its top left corner. */
export function logoPatch(size: number, sizePercent: number): { at: number; side: number } {
  const side = 2 * Math.round(((size * sizePercent) / 100 - 1) / 2) + 1;
  return { at: (size - side) / 2, side };
}

/** The largest `sizePercent` whose patch has at most so many modules, in whole percent. */
export function logoPercentOf(size: number, modules: number): number {
  return modules === 0 ? 0 : Math.floor((100 * (modules + 0.99)) / size);
}

function worstLoss(wordAt: Int32Array, size: number, side: number): number {
  const from = (size - side) / 2;
  const lost = new Map<number, Set<number>>();
  for (let y = from; y < from + side; y++) {
    for (let x = from; x < from + side; x++) {
      const entry = wordAt[y * size + x] ?? -1;
      if (entry < 0) continue;
      const block = entry >> 16;
      const words = lost.get(block) ?? new Set<number>();
      lost.set(block, words.add(entry & 0xffff));
    }
  }
  return Math.max(0, ...[...lost.values()].map((words) => words.size));
}

/** For each module `block << 16 | codeword`, or -1 where there is a pattern or a remainder bit. */
function blockOfModules(size: number, errorCorrection: ErrorCorrection): Int32Array {
  const version = (size - 17) / 4;
  const level = levelNames[errorCorrection];
  const total = _BYTES[version - 1] ?? 0;
  const blocks = _ECC_BLOCKS[level][version - 1] ?? 1;
  const eccWords = (_WORDS_PER_BLOCK[level][version - 1] ?? 0) * blocks;
  const shortData = Math.floor((total - eccWords) / blocks);
  const blockOfWord = (word: number): number => {
    if (word >= total - eccWords) return (word - (total - eccWords)) % blocks;
    if (word < shortData * blocks) return word % blocks;
    // What is over goes to the last blocks, which are one codeword longer.
    return blocks - (total - eccWords - shortData * blocks) + (word - shortData * blocks);
  };

  const isPattern = functionModules(size, version);
  const wordAt = new Int32Array(size * size).fill(-1);
  let bit = 0;
  let upward = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (isPattern[y * size + x] === 1) continue;
        const word = bit++ >> 3;
        if (word < total) wordAt[y * size + x] = (blockOfWord(word) << 16) | word;
      }
    }
    upward = !upward;
  }
  return wordAt;
}

function functionModules(size: number, version: number): Uint8Array {
  const taken = new Uint8Array(size * size);
  const take = (left: number, top: number, width: number, height: number) => {
    for (let y = top; y < top + height; y++) taken.fill(1, y * size + left, y * size + left + width);
  };
  take(0, 0, 9, 9);
  take(size - 8, 0, 8, 9);
  take(0, size - 8, 9, 8);
  take(0, 6, size, 1);
  take(6, 0, 1, size);
  const centres = _alignmentPatterns(version);
  const last = centres.at(-1);
  for (const y of centres) {
    for (const x of centres) {
      const isFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
      if (!isFinder) take(x - 2, y - 2, 5, 5);
    }
  }
  if (version >= 7) {
    take(size - 11, 0, 3, 6);
    take(0, size - 11, 6, 3);
  }
  return taken;
}
