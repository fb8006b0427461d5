import { describe, expect, it } from 'vitest';
import { adviseDesign } from './advise-design';
import { fillCaption } from './caption-template';
import { checkDesign, largestLogoPercent } from './check-design';
import { designDefaults, designSettingsSchema } from './design-schemas';

const logo = (sizePercent: number) => ({ id: 'x', sizePercent });

describe('checkDesign', () => {
  it('has no objection to the defaults', () => {
    expect(checkDesign(designDefaults)).toEqual([]);
  });

  it('refuses 5,000 mm at 2,400 dpi with the largest that fits, and 3 mm with the smallest', () => {
    expect(checkDesign({ ...designDefaults, sizeMm: 5_000, dotsPerInch: 2_400 })).toMatchObject([
      { field: 'sizeMm', reason: 'tooLarge', largestMm: 127 },
    ]);
    expect(checkDesign({ ...designDefaults, sizeMm: 3 })).toMatchObject([
      { field: 'sizeMm', reason: 'tooSmall', smallestMm: 9 },
    ]);
  });

  it('bounds pictures with shades more closely than those of two tones', () => {
    const wide = { ...designDefaults, sizeMm: 500, dotsPerInch: 600 };
    expect(checkDesign(wide)).toEqual([]);
    expect(checkDesign({ ...wide, moduleShape: 'dot' })).toMatchObject([{ largestMm: 203.2 }]);
  });

  it('measures contrast by luminance and refuses what is inverted', () => {
    expect(checkDesign({ ...designDefaults, foreground: '#07c160' })).toMatchObject([
      { reason: 'contrastTooLow' },
    ]);
    expect(checkDesign({ ...designDefaults, foreground: '#ffffff', background: '#000000' })).toMatchObject([
      { reason: 'inverted' },
    ]);
    expect(checkDesign({ ...designDefaults, foreground: '#0a7a43' })).toEqual([]);
  });

  it('names the largest logo, and takes that one', () => {
    for (const errorCorrection of ['M', 'Q', 'H'] as const) {
      const largest = largestLogoPercent(errorCorrection);
      const design = { ...designDefaults, errorCorrection };
      expect(checkDesign({ ...design, logo: logo(largest) })).toEqual([]);
      expect(checkDesign({ ...design, logo: logo(largest + 7) })).toMatchObject([{ reason: 'logoTooLarge' }]);
    }
    expect(largestLogoPercent('L')).toBeLessThan(largestLogoPercent('H'));
  });
});

describe('designSettingsSchema', () => {
  it('refuses a placeholder that means nothing, by its name', () => {
    const caption = { template: '{label} {price}', textMm: 3, maxLines: 1 };
    const result = designSettingsSchema.safeParse({ ...designDefaults, caption });
    expect(result.error?.issues[0]).toMatchObject({ params: { code: 'captionPlaceholder', name: 'price' } });
  });
});

describe('adviseDesign', () => {
  it('says module, distance and the smallest sensible size', () => {
    const advice = adviseDesign({ ...designDefaults, sizeMm: 15 }, 33);
    expect(advice.moduleMm).toBeCloseTo(15 / 41);
    expect(advice).toMatchObject({ readingDistanceM: 0.15, smallestSensibleMm: 20 });
    expect(advice.warnings).toContainEqual({ warning: 'moduleFine', remedies: ['largerSize'] });
  });

  it('warns of red, orange and yellow', () => {
    const warned = (foreground: string) =>
      adviseDesign({ ...designDefaults, foreground }).warnings.some(
        ({ warning }) => warning === 'warmForeground',
      );
    expect(['#b00020', '#a04000', '#7a6a00'].map(warned)).toEqual([true, true, true]);
    expect(['#000000', '#0a7a43', '#123a8c'].map(warned)).toEqual([false, false, false]);
  });
});

describe('fillCaption', () => {
  it('leaves out a line of which every placeholder is empty', () => {
    const values = { label: '徐家汇', campaign: '', channel: 'A-1', scene: '12', expires: '' };
    expect(fillCaption('{label}\n{campaign} {channel}\n至 {expires}\n扫码', values)).toBe(
      '徐家汇\nA-1\n扫码',
    );
  });
});
