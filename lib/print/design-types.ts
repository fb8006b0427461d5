import type { ErrorCorrection, FinderStyle, ModuleShape, SizeRefusal } from '../qr';

/** What a file for print can be. PNG and TIFF have pixels, the others are drawn from paths. */
export const printFormats = ['png', 'tiff', 'svg', 'pdf', 'eps'] as const;
export type PrintFormat = (typeof printFormats)[number];

export const isRasterFormat = (format: PrintFormat): boolean => format === 'png' || format === 'tiff';

/** The placeholders of a caption's template; anything else in braces is refused. */
export const captionFields = ['label', 'campaign', 'channel', 'scene', 'expires'] as const;
export type CaptionField = (typeof captionFields)[number];

/** How a symbol looks in print. What is saved as a design, and what `drawCodes` takes. */
export type PrintDesignSettings = {
  /** Outer width of the symbol in mm, quiet zone included. A caption stands below and adds to the height. */
  sizeMm: number;
  /** Of no meaning for a vector format. */
  dotsPerInch: number;
  errorCorrection: ErrorCorrection;
  quietZoneModules: number;
  /** `#rrggbb`, darker than the background by 4:1 or more. */
  foreground: string;
  background: string;
  moduleShape: ModuleShape;
  finderStyle: FinderStyle;
  logo: DesignLogo | null;
  caption: DesignCaption | null;
};

/** `sizePercent`: side of the square patch that carries the logo, of the symbol's width without quiet zone. */
export type DesignLogo = { id: string; sizePercent: number };

/** `textMm`: height of a line's letters, as a type size (the em) in mm; 1 pt is 0.353 mm. */
export type DesignCaption = { template: string; textMm: number; maxLines: number };

/**
 * A logo as it is drawn: a PNG that the intake wrote itself, 8 bits, RGB with or without alpha, at most 1,024 px on a side.
 * Two pictures never share an `id`: the threads keep the unpacked pixels by it.
 */
export type LogoImage = { id: string; png: Uint8Array };

/** One symbol to draw: what it holds and what stands beside it. */
export type DrawItem = {
  url: string;
  /** The template filled in; null for a design without caption. Line ends are kept, `maxLines` cuts. */
  caption: string | null;
  /** For a reader of the file; SVG, PDF and EPS carry it. */
  title?: string;
};

export type DrawCodesRequest = {
  format: PrintFormat;
  design: PrintDesignSettings;
  /** Given when the design has one. */
  logo: LogoImage | null;
  items: readonly DrawItem[];
};

/** One finished file, proved. */
export type DrawnCode = {
  bytes: Uint8Array<ArrayBuffer>;
  /** Pixels of the whole picture, caption included; a vector file has none. */
  widthPx: number | null;
  heightPx: number | null;
  widthMm: number;
  heightMm: number;
  version: number;
  /** Modules on a side, without quiet zone. */
  modules: number;
  moduleMm: number;
  /** Signs of the caption that the font does not hold; a box stands in their place. */
  missingSigns: string[];
  /** Lines of the caption as they stand in the file, cut ones ending in …; for the manifest. */
  captionLines: string[];
  /** Who read the finished file, and what was read: exactly the url. */
  proof: { reader: 'zxing'; text: string };
};

/** What a file is served as. */
export const printContentTypes: Readonly<Record<PrintFormat, string>> = {
  png: 'image/png',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  eps: 'application/postscript',
};

export const printExtensions: Readonly<Record<PrintFormat, string>> = {
  png: 'png',
  tiff: 'tif',
  svg: 'svg',
  pdf: 'pdf',
  eps: 'eps',
};

/** Why one design cannot be drawn, whatever the code. Pure: `checkDesign` says it, the form shows it, the service refuses by it. */
export type DesignRefusal =
  | ({ field: 'sizeMm' } & SizeRefusal)
  | { field: 'foreground'; reason: 'contrastTooLow'; ratio: number; least: number }
  | { field: 'foreground'; reason: 'inverted' }
  | { field: 'logo.sizePercent'; reason: 'logoTooLarge'; largestPercent: number }
  | { field: 'caption.textMm'; reason: 'captionTooLarge'; largestMm: number };

export const designGrades = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof designGrades)[number];

/** What a print is put through before a reader looks at it. `grade.trials.NAME` of the messages. */
export const gradeTrials = [
  'asDrawn',
  'far',
  'blurred',
  'dark',
  'faded',
  'rotated',
  'tilted',
  'inkSpread',
  'stained',
  'scratched',
  'everyday',
] as const;
export type GradeTrial = (typeof gradeTrials)[number];

/** `tried` and `read` are of the hardest of three levels; `grade` says which level was read throughout. */
export type GradeTrialResult = { trial: GradeTrial; grade: Grade; tried: number; read: number };

/**
 * What is measured, and takes no trial. `moduleSize` in mm, `contrast` as a ratio, `spareCorrection` in percent of what error
 * correction can mend: what a logo leaves of it. `wanted` is the least for an A.
 */
export const gradeMeasures = ['moduleSize', 'contrast', 'spareCorrection'] as const;
export type GradeMeasure = (typeof gradeMeasures)[number];
export type GradeMeasureResult = { measure: GradeMeasure; grade: Grade; value: number; wanted: number };

/** As good as the worst step. A: print it; B: fit to print; C: reads with difficulty; D: not fit to print. */
export type DesignGrade = {
  grade: Grade;
  measures: GradeMeasureResult[];
  trials: GradeTrialResult[];
  /** What would mend it, the strongest first; `advice.remedies.NAME` of the messages. */
  remedies: DesignRemedy[];
};

export const designRemedies = [
  'largerSize',
  'squareModules',
  'squareFinders',
  'smallerLogo',
  'higherErrorCorrection',
  'darkerForeground',
  'lighterBackground',
  'higherResolution',
] as const;
export type DesignRemedy = (typeof designRemedies)[number];

/** Something that will print, but not as well as it could. `advice.warnings.NAME` of the messages. */
export const designWarnings = [
  'moduleFine',
  'sizeSmall',
  'warmForeground',
  'contrastModest',
  'lowResolution',
  'logoNeedsH',
  'notBlack',
] as const;
export type DesignWarning = (typeof designWarnings)[number];

/** What the adviser says of a design before anything is drawn. Lengths in mm, distance in metres. */
export type DesignAdvice = {
  moduleMm: number;
  pxPerModule: number | null;
  /** From how far a phone reads it: about ten times the width, an industry rule and not ISO. */
  readingDistanceM: number;
  /** Below it a phone at hand distance struggles (0.4 mm a module, 20 mm in all). */
  smallestSensibleMm: number;
  contrastRatio: number;
  /** Largest patch that error correction bears at this level. */
  largestLogoPercent: number;
  warnings: { warning: DesignWarning; remedies: DesignRemedy[] }[];
  refusals: DesignRefusal[];
};
