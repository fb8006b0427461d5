/** The codes of `png-deflate.ts`, made once. RFC 1951, 3.2.2 (canonical codes) and 3.2.5 (lengths and distances). */

export const END_OF_BLOCK = 256;
export const LONGEST_MATCH = 258;
export const SHORTEST_MATCH = 3;
export const LITERALS_AND_LENGTHS = 286;

export type Code = { readonly value: number; readonly bits: number };

/** In the tables below a code and its bits share one number: `code | bits << 24`. */
export const CODE_BITS_AT = 24;
export const CODE_MASK = 0xffffff;

/**
 * Bits for each literal and length. Almost every byte is all dark or all light; the rest are the fourteen bytes with a single
 * edge, and anything else comes up only below eight pixels a module. The full-length match repeats the rows.
 */
export const literalBits = literalCodeBits();
export const literals = canonicalCodes(literalBits);

/** By length: code and extra bits together (RFC 1951, 3.2.5). */
export const matchLengths = matchLengthCodes();

/** Two distances are used: 1, coded as bit 0, and a row, coded as bit 1. */
export const SAME_BYTE: Code = { value: 0, bits: 1 };

/** By count, up to `LONGEST_RUN`: that many bytes of eight light, or eight dark, pixels. At most 18 bits. */
export const LONGEST_RUN = 64;
export const lightRuns = runCodes(literals[255] ?? 0);
export const darkRuns = runCodes(literals[0] ?? 0);

/** Of the code lengths below, eight are in use, so three bits each: in the order in which the header lists them. */
export const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
export const codeLengthsInUse = new Set([0, 1, 2, 3, 6, 10, 11, 16]);
export const codeLengthCodes = canonicalCodes(
  Uint8Array.from({ length: 19 }, (_, length) => (codeLengthsInUse.has(length) ? 3 : 0)),
);

function literalCodeBits(): Uint8Array {
  const bits = new Uint8Array(LITERALS_AND_LENGTHS).fill(11);
  // Deflate wants every bit pattern used: the 51 patterns of 11 bits that are left over make 51 codes a bit shorter.
  bits.fill(10, 257, 285);
  bits.fill(10, 16, 31);
  bits.fill(10, 32, 40);
  for (let edge = 1; edge < 8; edge++) {
    bits[0xff >> edge] = 6;
    bits[(0xff << edge) & 0xff] = 6;
  }
  bits[0] = 2;
  bits[255] = 2;
  bits[285] = 3;
  return bits;
}

/** Codes from their lengths (RFC 1951, 3.2.2), turned round because deflate sends them highest bit first. */
function canonicalCodes(bits: Uint8Array): Uint32Array {
  const codes = new Uint32Array(bits.length);
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    for (let symbol = 0; symbol < bits.length; symbol++) {
      if (bits[symbol] === length) codes[symbol] = reverseBits(code++, length) | (length << CODE_BITS_AT);
    }
    code <<= 1;
  }
  return codes;
}

function reverseBits(value: number, bits: number): number {
  let reversed = 0;
  for (let bit = 0; bit < bits; bit++) reversed = (reversed << 1) | ((value >> bit) & 1);
  return reversed;
}

function matchLengthCodes(): Uint32Array {
  const codes = new Uint32Array(LONGEST_MATCH + 1);
  for (let length = SHORTEST_MATCH; length <= LONGEST_MATCH; length++) {
    const above = length - SHORTEST_MATCH;
    const extraBits = length === LONGEST_MATCH || above < 8 ? 0 : 29 - Math.clz32(above);
    const symbol = length === LONGEST_MATCH ? 285 : 257 + 4 * extraBits + (above >> extraBits);
    const code = (literals[symbol] ?? 0) & CODE_MASK;
    const codeBits = (literals[symbol] ?? 0) >>> CODE_BITS_AT;
    const extra = above & ((1 << extraBits) - 1);
    codes[length] = code | (extra << codeBits) | ((codeBits + extraBits) << CODE_BITS_AT);
  }
  return codes;
}

/** Runs of one byte: the literal over and over, or once and then a back reference, whichever is shorter. */
function runCodes(literal: number): Uint32Array {
  const value = literal & CODE_MASK;
  const bits = literal >>> CODE_BITS_AT;
  return Uint32Array.from({ length: LONGEST_RUN + 1 }, (_, count) => {
    const match = matchLengths[count - 1] ?? 0;
    const matchBits = (match >>> CODE_BITS_AT) + SAME_BYTE.bits;
    if (count > SHORTEST_MATCH && bits + matchBits < count * bits) {
      return value | ((match & CODE_MASK) << bits) | ((bits + matchBits) << CODE_BITS_AT);
    }
    let repeated = 0;
    for (let i = 0; i < count; i++) repeated = (repeated << bits) | value;
    return repeated | ((count * bits) << CODE_BITS_AT);
  });
}

/** Symbol and extra bits of a distance above 4. */
export function distanceSymbol(distance: number): { symbol: number; extra: number; extraBits: number } {
  const above = distance - 1;
  const extraBits = 30 - Math.clz32(above);
  return { symbol: 2 * extraBits + (above >> extraBits), extra: above & ((1 << extraBits) - 1), extraBits };
}
