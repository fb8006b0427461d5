import { errorCorrections, OutlineFill } from '../qr';
import { checkDesign } from './check-design';
import { toRgb } from './contrast';
import {
  type DesignGrade,
  type DesignRefusal,
  type DesignRemedy,
  designGrades,
  type Grade,
  type GradeTrial,
  type GradeTrialResult,
  gradeTrials,
  type LogoImage,
  type PrintDesignSettings,
} from './design-types';
import { type LogoPixels, logoPixels } from './drawing/logo-pixels';
import { layOutPicture, type Picture } from './drawing/picture';
import { measureDesign } from './measure-design';
import { GRADE_PX_PER_MODULE, trials } from './proof/grade-trials';
import { type GreySquare, lumaOf } from './proof/paints';
import { readGrey } from './read-symbol';

export type GradeRequest = { design: PrintDesignSettings; logo: LogoImage | null; sampleUrls: string[] };
export type GradeAnswer =
  | { outcome: 'graded'; grade: DesignGrade }
  | { outcome: 'refused'; refusal: DesignRefusal };

/** Of the renderings of one level: a drop may fall where no design would bear it. */
const READ_OFTEN = 0.8;

/** What helps most; the rest is for when that was done. */
const MOST_REMEDIES = 2;

/** Tries a design under every trial and looks for what would mend those that fail. Runs in a worker thread. */
export async function gradeInWorker(request: GradeRequest): Promise<GradeAnswer> {
  const steps = await tryDesign(request, gradeTrials);
  if ('refusal' in steps) return { outcome: 'refused', refusal: steps.refusal };
  const grade = worstOf(steps);
  const remedies = grade === 'A' ? [] : await findRemedies(request, steps);
  return { outcome: 'graded', grade: { grade, ...steps, remedies } };
}

type Steps = Pick<DesignGrade, 'measures' | 'trials'>;

const worse = (one: Grade, other: Grade): Grade => (one > other ? one : other);
const worstOf = ({ measures, trials: tried }: Steps): Grade =>
  [...measures, ...tried].reduce<Grade>((worst, { grade }) => worse(worst, grade), 'A');

async function tryDesign(
  { design, logo, sampleUrls }: GradeRequest,
  wanted: readonly GradeTrial[],
): Promise<Steps | { refusal: DesignRefusal }> {
  const papers: { picture: Picture; paper: GreySquare }[] = [];
  for (const url of sampleUrls) {
    const laidOut = layOutPicture({ url, caption: null }, design, false);
    if ('refusal' in laidOut) return laidOut;
    const { picture } = laidOut;
    const side = Math.round((picture.logoBox?.side ?? 0) * GRADE_PX_PER_MODULE);
    papers.push({
      picture,
      paper: toGrey(picture, logo && (await logoPixels(logo, design.background, side))),
    });
  }
  const largest = Math.max(...papers.map(({ picture }) => picture.matrix.size));
  const results: GradeTrialResult[] = [];
  for (const trial of wanted) results.push({ trial, ...(await tryOne(trial, papers)) });
  return { measures: measureDesign(design, largest), trials: results };
}

/** From the hardest level down, until one is read. */
async function tryOne(
  trial: GradeTrial,
  papers: readonly { picture: Picture; paper: GreySquare }[],
): Promise<Pick<GradeTrialResult, 'grade' | 'tried' | 'read'>> {
  const { levels, see } = trials[trial];
  let hardest: { tried: number; read: number } | null = null;
  for (const [at, level] of levels.entries()) {
    const result = { tried: 0, read: 0 };
    for (const { picture, paper } of papers) {
      const { url, moduleMm, matrix, design } = picture;
      const { sizeMm, quietZoneModules } = design;
      const print = { moduleMm, sizeMm, modules: matrix.size, quietZoneModules };
      for (const { data, side } of see(paper, print, level)) {
        result.tried++;
        if ((await readGrey(data, side)) === url) result.read++;
      }
    }
    hardest ??= result;
    if (result.read >= result.tried * READ_OFTEN) return { grade: designGrades[at] ?? 'D', ...hardest };
  }
  return { grade: 'D', tried: 0, read: 0, ...hardest };
}

/** Each remedy is carried out and tried; only what truly mends a step is named, what mends most first. */
async function findRemedies(request: GradeRequest, before: Steps): Promise<DesignRemedy[]> {
  const weak = before.trials.filter(({ grade }) => grade !== 'A').map(({ trial }) => trial);
  const mended: { remedy: DesignRemedy; count: number }[] = [];
  for (const [remedy, design] of remediesOf(request.design)) {
    if (checkDesign(design).some(({ field }) => field !== 'sizeMm')) continue;
    const after = await tryDesign({ ...request, design, logo: design.logo ? request.logo : null }, weak);
    if ('refusal' in after) continue;
    const count =
      gained(before.measures, after.measures) +
      gained(
        before.trials.filter(({ trial }) => weak.includes(trial)),
        after.trials,
      );
    if (count > 0) mended.push({ remedy, count });
  }
  return mended
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_REMEDIES)
    .map(({ remedy }) => remedy);
}

/** By how many grades the steps are better than before; worse ones count against it. */
function gained(before: readonly { grade: Grade }[], after: readonly { grade: Grade }[]): number {
  const rank = (step: { grade: Grade } | undefined) => designGrades.indexOf(step?.grade ?? 'A');
  return before.reduce((sum, step, at) => sum + rank(step) - rank(after[at]), 0);
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
