import fc from 'fast-check';
import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import { type ErrorCorrection, encodeSymbol, errorCorrections, type QrMatrix } from './index';

const url = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5x';

/** ISO/IEC 18004, Figure 25: the fifteen format bits beside the upper left finder, highest first, mask 101010000010010. */
function readFormat({ size, cells }: QrMatrix): { levelBits: number; mask: number } {
  const at = (x: number, y: number) => cells[y * size + x] ?? 0;
  const columns = [0, 1, 2, 3, 4, 5, 7].map((x) => at(x, 8));
  const rows = [8, 7, 5, 4, 3, 2, 1, 0].map((y) => at(8, y));
  const bits = Number.parseInt([...columns, ...rows].join(''), 2) ^ 0b101010000010010;
  return { levelBits: bits >> 13, mask: (bits >> 10) & 7 };
}

/** ISO/IEC 18004, Table 10; x counts columns, y rows. */
const masks: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** The codewords of a version 1 symbol, unmasked, in the order of ISO/IEC 18004, 7.7.3. */
function readVersion1(symbol: QrMatrix): number[] {
  const { size, cells } = symbol;
  const isMasked = masks[readFormat(symbol).mask];
  const bits: number[] = [];
  const isFunction = (x: number, y: number) =>
    (x < 9 && (y < 9 || y > 12)) || (x > 12 && y < 9) || x === 6 || y === 6;
  for (let right = size - 1, upwards = true; right > 0; right -= 2, upwards = !upwards) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const y = upwards ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (!isFunction(x, y)) bits.push((cells[y * size + x] ?? 0) ^ (isMasked?.(x, y) ? 1 : 0));
      }
    }
  }
  return Array.from({ length: bits.length / 8 }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8).join(''), 2),
  );
}

describe('encodeSymbol', () => {
  it('makes the symbol of ISO/IEC 18004, Annex I: the codewords of 01234567 as 1-M', () => {
    const symbol = encodeSymbol('01234567', 'M');
    expect(symbol.version).toBe(1);
    expect(readFormat(symbol).levelBits).toBe(0b00);
    expect(readVersion1(symbol).map((word) => word.toString(16).padStart(2, '0'))).toEqual(
      '10 20 0c 56 61 80 ec 11 ec 11 ec 11 ec 11 ec 11 a5 24 d4 c1 ed 36 c7 87 2c 55'.split(' '),
    );
  });

  it('agrees module for module with the encoder of another author, under the mask that it chose', () => {
    const levels: ErrorCorrection[] = [...errorCorrections];
    const text = fc.stringMatching(/^[a-zA-Z0-9_-]{1,60}$/).map((tail) => `http://weixin.qq.com/q/${tail}`);
    fc.assert(
      fc.property(text, fc.constantFrom(...levels), (value, level) => {
        const symbol = encodeSymbol(value, level);
        const other = QRCode.create([{ data: Buffer.from(value), mode: 'byte' }], {
          errorCorrectionLevel: level,
          maskPattern: readFormat(symbol).mask as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7,
        });
        expect(symbol.version).toBe(other.version);
        expect([...symbol.cells]).toEqual(Array.from(other.modules.data, Number));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [43, 'L', 3],
    [47, 'L', 3],
    [47, 'M', 4],
    [46, 'Q', 4],
    [47, 'Q', 5],
    [44, 'H', 5],
    [47, 'H', 6],
  ] as const)('takes the smallest version: %i bytes at %s are version %i', (bytes, level, version) => {
    const symbol = encodeSymbol(url.padEnd(bytes, 'x').slice(0, bytes), level);
    expect(symbol).toMatchObject({ version, size: 17 + 4 * version, errorCorrection: level });
    expect(symbol.cells).toHaveLength(symbol.size ** 2);
  });

  it('refuses an empty text, and one that no symbol of the level holds', () => {
    expect(() => encodeSymbol('', 'Q')).toThrow(RangeError);
    expect(encodeSymbol('a'.repeat(1273), 'H').version).toBe(40);
    expect(() => encodeSymbol('a'.repeat(1274), 'H')).toThrow(/1274 characters .* level H/);
  });
});
