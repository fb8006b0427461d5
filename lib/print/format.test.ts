import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toContentDisposition, toImageFileName, toSafeName } from './format';

const image = { label: '地铁海报 A', format: 'png', sizeMm: 50, dotsPerInch: 600, expiresOn: null } as const;

describe('toImageFileName', () => {
  it('says label, size and resolution', () => {
    expect(toImageFileName(image)).toBe('地铁海报 A_mm50_600dpi.png');
    expect(toImageFileName({ ...image, format: 'svg', sizeMm: 12.5 })).toBe('地铁海报 A_mm12.5.svg');
    expect(toImageFileName({ ...image, format: 'tiff' })).toBe('地铁海报 A_mm50_600dpi.tif');
  });

  it('carries the day on which a temporary code ends', () => {
    expect(toImageFileName({ ...image, expiresOn: '2026-03-31' })).toBe(
      '地铁海报 A_mm50_600dpi_expires-2026-03-31.png',
    );
  });

  it('is a safe name whatever the label', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (label) => {
        const name = toImageFileName({ ...image, label, expiresOn: '2026-03-31' });
        expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(name).not.toMatch(/^[.\s-]|[.\s]$/);
        expect(name).toBe(name.normalize('NFC'));
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 500 },
    );
  });
});

describe('toSafeName', () => {
  it.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\Windows\\x', 'C--Windows-x'],
    ['a<b>c"d|e?f*g', 'a-b-c-d-e-f-g'],
    ['line\nbreak\u0000\u202Etxt', 'linebreaktxt'],
    ['  ... ', 'code'],
    ['', 'code'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['LPT1', '_LPT1'],
    ['COM¹', '_COM¹'],
    ['CONTROL', 'CONTROL'],
    ['trailing. .', 'trailing'],
    ['--flag', 'flag'],
    ['@home 店', 'home 店'],
    ['=1+1', '1+1'],
    ['e\u0301', '\u00E9'],
    ['码'.repeat(100), '码'.repeat(40)],
  ])('%j becomes %j', (text, name) => {
    expect(toSafeName(text)).toBe(name);
  });

  it('does not cut a sign in two', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(
      [...new Intl.Segmenter().segment(toSafeName('🎉'.repeat(60)))].every(({ segment }) => segment === '🎉'),
    ).toBe(true);
    expect(toSafeName(family)).not.toContain('\u200D');
  });
});

describe('toContentDisposition', () => {
  it('names the file twice, for old clients and new', () => {
    expect(toContentDisposition('attachment', `海报 "1" it's.png`)).toBe(
      `attachment; filename="_ _1_ it's.png"; filename*=UTF-8''%E6%B5%B7%E6%8A%A5%20%221%22%20it%27s.png`,
    );
  });
});
