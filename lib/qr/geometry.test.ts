import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ROUNDED_SIDE_PX } from './geometry';
import {
  checkPrintSize,
  encodeSymbol,
  errorCorrections,
  MIN_MODULE_MM,
  printBounds,
  printGeometry,
} from './index';

const anyPrint = fc.record({
  sizeMm: fc.double({ min: 0.1, max: 6_000, noNaN: true }),
  dotsPerInch: fc.integer(printBounds.dotsPerInch),
  ec: fc.constantFrom(...errorCorrections),
  quietZoneModules: fc.integer(printBounds.quietZoneModules),
  modules: fc.integer({ min: 1, max: 40 }).map((version) => 17 + 4 * version),
});

describe('printGeometry', () => {
  it('lays 50 mm at 600 dpi out as 29 px a module: 1,181 dots wanted, 1,189 drawn, and 50 mm told', () => {
    expect(printGeometry({ sizeMm: 50, dotsPerInch: 600, modules: 33, quietZoneModules: 4 })).toEqual({
      pxPerModule: 29,
      sidePx: 1_189,
      pixelsPerMetre: 23_780,
      moduleMm: 50 / 41,
    });
  });

  it('never draws less than a pixel a module', () => {
    const print = { sizeMm: 1, dotsPerInch: 72, modules: 33, quietZoneModules: 4 };
    expect(printGeometry(print)).toMatchObject({ pxPerModule: 1, sidePx: 41 });
  });

  it('tells the size as exactly as whole pixels per metre can', () => {
    fc.assert(
      fc.property(anyPrint, (print) => {
        fc.pre(checkPrintSize(print) === null);
        const { sidePx, pixelsPerMetre } = printGeometry(print);
        expect(Math.abs(pixelsPerMetre - sidePx / (print.sizeMm / 1000))).toBeLessThanOrEqual(0.5);
        // Half a pixel per metre, as millimetres of this print; the rest is what doubles round.
        const halfPixelMm = (0.5 / pixelsPerMetre) * print.sizeMm;
        expect(Math.abs((sidePx / pixelsPerMetre) * 1000 - print.sizeMm)).toBeLessThanOrEqual(
          halfPixelMm + 1e-9,
        );
        expect(sidePx).toBeLessThanOrEqual(MAX_ROUNDED_SIDE_PX);
      }),
    );
  });
});

describe('checkPrintSize', () => {
  const print = { sizeMm: 50, dotsPerInch: 600, ec: 'Q', quietZoneModules: 4, modules: 33 } as const;

  it('takes a common size', () => {
    expect(checkPrintSize(print)).toBeNull();
  });

  it('refuses 5,000 mm at 2,400 dpi and names the largest', () => {
    expect(checkPrintSize({ ...print, sizeMm: 5_000, dotsPerInch: 2_400 })).toEqual({
      reason: 'tooLarge',
      smallestMm: 8.2,
      largestMm: 127,
    });
  });

  it('refuses 3 mm and names the smallest: of modules that print, or of a pixel a module, whichever is more', () => {
    expect(checkPrintSize({ ...print, sizeMm: 3 })).toMatchObject({ reason: 'tooSmall', smallestMm: 8.2 });
    expect(checkPrintSize({ ...print, sizeMm: 10, dotsPerInch: 72 })).toMatchObject({
      reason: 'tooSmall',
      smallestMm: 14.5,
    });
  });

  it('asks more of a wider quiet zone', () => {
    expect(checkPrintSize({ ...print, sizeMm: 20 })).toBeNull();
    expect(checkPrintSize({ ...print, sizeMm: 20, quietZoneModules: 40 })).toMatchObject({
      smallestMm: 22.6,
    });
  });

  it('lets a vector file be as large as 5 m', () => {
    expect(checkPrintSize({ ...print, sizeMm: 5_000, dotsPerInch: null })).toBeNull();
    expect(checkPrintSize({ ...print, sizeMm: 5_001, dotsPerInch: null })).toMatchObject({
      largestMm: 5_000,
    });
    expect(checkPrintSize({ ...print, sizeMm: 3, dotsPerInch: null })).toMatchObject({ smallestMm: 8.2 });
  });

  it('refuses what is no number', () => {
    expect(checkPrintSize({ ...print, sizeMm: Number.NaN })).not.toBeNull();
    expect(checkPrintSize({ ...print, sizeMm: Number.POSITIVE_INFINITY })).not.toBeNull();
  });

  it('assumes the longest ticket url where the symbol is not known yet', () => {
    for (const ec of errorCorrections) {
      const { size } = encodeSymbol('http://weixin.qq.com/q/'.padEnd(47, 'x'), ec);
      const unknown = { sizeMm: 3, dotsPerInch: 600, ec, quietZoneModules: 4 };
      expect(checkPrintSize(unknown)).toEqual(checkPrintSize({ ...unknown, modules: size }));
    }
  });

  it('names only sizes that it takes itself', () => {
    fc.assert(
      fc.property(anyPrint, (any) => {
        const refusal = checkPrintSize(any);
        if (!refusal || refusal.largestMm < refusal.smallestMm) return;
        expect(checkPrintSize({ ...any, sizeMm: refusal.smallestMm })).toBeNull();
        expect(checkPrintSize({ ...any, sizeMm: refusal.largestMm })).toBeNull();
        const { moduleMm } = printGeometry({ ...any, sizeMm: refusal.smallestMm });
        expect(moduleMm).toBeGreaterThanOrEqual(MIN_MODULE_MM - 1e-9);
      }),
    );
  });
});
