import { errorCorrections, OutlineFill } from '../qr';
import { checkDesign } from './check-design';
import { toRgb } from './contrast';
import {
  type DesignGrade,
  type DesignRefusal,
  type DesignRemedy,
  type GradeTrial,
  type GradeTrialResult,
  gradeTrials,
  type LogoImage,
  type PrintDesignSettings,
} from './design-types';
import { type LogoPixels, logoPixels } from './drawing/logo-pixels';
import { layOutPicture, type Picture } from './drawing/picture';
import { GRADE_PX_PER_MODULE, trials } from './proof/grade-trials';
import { type GreySquare, lumaOf } from './proof/paints';
import { readGrey } from './read-symbol';

export type GradeRequest = { design: PrintDesignSettings; logo: LogoImage | null; sampleUrls: string[] };
export type GradeAnswer =
  | { outcome: 'graded'; grade: DesignGrade }
  | { outcome: 'refused'; refusal: DesignRefusal };

/** A design that fails one of these is not fit for a wall, whatever else it passes. */
const ESSENTIAL: readonly GradeTrial[] = ['asDrawn', 'blurred', 'darkened', 'rotated', 'inkSpread'];

/** Tries a design under every trial and looks for what would mend those that fail. Runs in a worker thread. */
export async function gradeInWorker(request: GradeRequest): Promise<GradeAnswer> {
  const results = await tryDesign(request, gradeTrials);
  if ('refusal' in results) return { outcome: 'refused', refusal: results.refusal };
  const failed = results.trials.filter(({ tried, read }) => read < tried).map(({ trial }) => trial);
  return {
    outcome: 'graded',
    grade: {
      grade: toGrade(failed),
      trials: results.trials,
      remedies: failed.length === 0 ? [] : await findRemedies(request, failed),
    },
  };
}

function toGrade(failed: readonly GradeTrial[]): DesignGrade['grade'] {
  if (failed.some((trial) => ESSENTIAL.includes(trial)) || failed.length > 3) return 'D';
  if (failed.length === 0) return 'A';
  return failed.length === 1 ? 'B' : 'C';
}

async function tryDesign(
  { design, logo, sampleUrls }: GradeRequest,
  wanted: readonly GradeTrial[],
): Promise<{ trials: GradeTrialResult[] } | { refusal: DesignRefusal }> {
  const results = wanted.map((trial) => ({ trial, tried: 0, read: 0 }));
  for (const url of sampleUrls) {
    const laidOut = layOutPicture({ url, caption: null }, design, false);
    if ('refusal' in laidOut) return laidOut;
    const { picture } = laidOut;
    const side = Math.round((picture.logoBox?.side ?? 0) * GRADE_PX_PER_MODULE);
    const square = toGrey(picture, logo ? await logoPixels(logo, design.background, side) : null);
    for (const result of results) {
      const seen = trials[result.trial](square, picture.moduleMm);
      result.tried++;
      if ((await readGrey(seen.data, seen.side)) === url) result.read++;
    }
  }
  return { trials: results };
}

/** Each remedy is carried out and tried; only what truly mends a trial is named, what mends most first. */
async function findRemedies(request: GradeRequest, failed: GradeTrial[]): Promise<DesignRemedy[]> {
  const mended: { remedy: DesignRemedy; count: number }[] = [];
  for (const [remedy, design] of remediesOf(request.design)) {
    if (checkDesign(design).some(({ field }) => field !== 'sizeMm')) continue;
    const results = await tryDesign({ ...request, design, logo: design.logo ? request.logo : null }, failed);
    if ('refusal' in results) continue;
    const count = results.trials.filter(({ tried, read }) => read === tried).length;
    if (count > 0) mended.push({ remedy, count });
  }
  return mended.sort((a, b) => b.count - a.count).map(({ remedy }) => remedy);
}

function remediesOf(design: PrintDesignSettings): [DesignRemedy, PrintDesignSettings][] {
  const remedies: [DesignRemedy, PrintDesignSettings][] = [
    ['largerSize', { ...design, sizeMm: design.sizeMm * 1.5 }],
  ];
  if (design.moduleShape !== 'square') remedies.push(['squareModules', { ...design, moduleShape: 'square' }]);
  if (design.finderStyle !== 'square') remedies.push(['squareFinders', { ...design, finderStyle: 'square' }]);
  if (design.logo) {
    const sizePercent = Math.max(8, design.logo.sizePercent * 0.7);
    remedies.push(['smallerLogo', { ...design, logo: { ...design.logo, sizePercent } }]);
  }
  const higher = errorCorrections[errorCorrections.indexOf(design.errorCorrection) + 1];
  if (higher) remedies.push(['higherErrorCorrection', { ...design, errorCorrection: higher }]);
  if (design.foreground !== '#000000')
    remedies.push(['darkerForeground', { ...design, foreground: '#000000' }]);
  if (design.background !== '#ffffff')
    remedies.push(['lighterBackground', { ...design, background: '#ffffff' }]);
  return remedies;
}

function toGrey(picture: Picture, logo: LogoPixels | null): GreySquare {
  const { design, logoBox } = picture;
  const side = picture.side * GRADE_PX_PER_MODULE;
  const [dark, light] = [lumaOf(toRgb(design.foreground)), lumaOf(toRgb(design.background))];
  const covered = new OutlineFill(picture.symbol, side, GRADE_PX_PER_MODULE).coverage(0, side);
  const data = covered.map((part) => light + ((dark - light) * part) / 255 + 0.5);
  if (logo && logoBox) {
    const [left, top] = [logoBox.left, logoBox.top].map((at) => Math.round(at * GRADE_PX_PER_MODULE));
    for (let at = 0; at < logo.sidePx * logo.sidePx; at++) {
      const [red = 0, green = 0, blue = 0] = logo.rgb.subarray(at * 3, at * 3 + 3);
      const to = ((top ?? 0) + Math.floor(at / logo.sidePx)) * side + (left ?? 0) + (at % logo.sidePx);
      data[to] = lumaOf({ red, green, blue });
    }
  }
  return { side, data };
}
