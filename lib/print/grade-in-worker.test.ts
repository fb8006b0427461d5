import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_URLS } from '../designs/sample';
import { largestLogoPercent } from './check-design';
import { designDefaults } from './design-schemas';
import type { DesignGrade, PrintDesignSettings } from './design-types';
import { gradeInWorker } from './grade-in-worker';

const plain: PrintDesignSettings = { ...designDefaults, sizeMm: 30 };
const largestLogo = {
  errorCorrection: 'H',
  logo: { id: 'disc', sizePercent: largestLogoPercent('H') },
} as const;
const rounded = { moduleShape: 'rounded', finderStyle: 'rounded' } as const;
/** 4.1:1 on white. */
const grey = { foreground: '#7d7d7d' } as const;

let png: Uint8Array;
beforeAll(async () => {
  const disc =
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><circle cx="100" cy="100" r="100" fill="#0a7a43"/></svg>';
  png = new Uint8Array(await sharp(Buffer.from(disc)).png().toBuffer());
});

async function grade(change: Partial<PrintDesignSettings>): Promise<DesignGrade> {
  const design = { ...plain, ...change };
  const logo = design.logo ? { id: 'disc', png } : null;
  const answer = await gradeInWorker({ design, logo, sampleUrls: SAMPLE_URLS });
  if (answer.outcome === 'refused') throw new Error(JSON.stringify(answer.refusal));
  return answer.grade;
}

/** What is less than A, as `stained:C`. */
const weak = ({ measures, trials }: DesignGrade): string[] => [
  ...measures.filter((step) => step.grade !== 'A').map((step) => `${step.measure}:${step.grade}`),
  ...trials.filter((step) => step.grade !== 'A').map((step) => `${step.trial}:${step.grade}`),
];

describe('the grade of a design', () => {
  it.each([25, 30, 50, 200])('is A for plain black at %i mm, under every step', async (sizeMm) => {
    const given = await grade({ sizeMm });
    expect(weak(given)).toEqual([]);
    expect(given).toMatchObject({ grade: 'A', remedies: [] });
  });

  it.each([
    [20, 'B'],
    [15, 'B'],
    [12, 'C'],
    [10, 'D'],
  ] as const)(
    'falls as the modules become finer: %i mm is %s, and larger mends it',
    async (sizeMm, wanted) => {
      const given = await grade({ sizeMm });
      expect(given.grade).toBe(wanted);
      expect(given.remedies[0]).toBe('largerSize');
    },
  );

  it('measures the module by the longest url, and is B below the 0.396 mm of GS1', async () => {
    const [module] = (await grade({ sizeMm: 16 })).measures;
    // 37 modules of version 5, and a quiet zone of four on each side.
    expect(module).toEqual({ measure: 'moduleSize', grade: 'B', value: 16 / 45, wanted: 0.396 });
  });

  it('is lower where little error correction is left: level L bears no stains', async () => {
    const given = await grade({ errorCorrection: 'L' });
    expect(given.grade).toBe('C');
    expect(weak(given)).toContain('stained:C');
    expect(given.remedies).toContain('higherErrorCorrection');
  });

  it('is lower for a contrast near 4:1, which poor light shows', async () => {
    const given = await grade(grey);
    expect(given.grade).toBe('C');
    expect(weak(given)).toEqual(expect.arrayContaining(['contrast:C', 'dark:B']));
    expect(given.remedies[0]).toBe('darkerForeground');
  });

  it('is lower for the largest logo, and lowest for all of it together', async () => {
    const withLogo = await grade(largestLogo);
    expect(withLogo.grade).toBe('B');
    expect(weak(withLogo)).toEqual(expect.arrayContaining(['spareCorrection:B', 'stained:B']));
    expect(withLogo.remedies).toContain('smallerLogo');
    const all = await grade({ ...largestLogo, ...rounded, ...grey });
    expect(all.grade).toBe('C');
    expect(weak(all).length).toBeGreaterThan(weak(withLogo).length);
    expect(all.remedies).toEqual(expect.arrayContaining(['darkerForeground', 'smallerLogo']));
  });

  it('is D for fine modules, a large logo and little contrast at once', async () => {
    const given = await grade({ ...largestLogo, ...rounded, ...grey, sizeMm: 11 });
    expect(given.grade).toBe('D');
  });
});
