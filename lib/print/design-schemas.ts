import { z } from 'zod';
import { errorCorrections, finderStyles, moduleShapes, printBounds } from '../qr';
import { unknownPlaceholders } from './caption-template';
import { checkDesign } from './check-design';
import type { DesignRefusal, PrintDesignSettings } from './design-types';

/** The limits of each number alone; `checkDesign` bounds them together. */
export const designBounds = {
  ...printBounds,
  logoPercent: { min: 8, max: 30 },
  captionTextMm: { min: 1.2, max: 60 },
  captionLines: { min: 1, max: 4 },
  captionTemplate: { max: 200 },
} as const;

/** What a design begins with: black on white, 50 mm at 300 dpi, Q, and nothing that a press could misunderstand. */
export const designDefaults: PrintDesignSettings = {
  sizeMm: 50,
  dotsPerInch: 300,
  errorCorrection: 'Q',
  quietZoneModules: 4,
  foreground: '#000000',
  background: '#ffffff',
  moduleShape: 'square',
  finderStyle: 'square',
  logo: null,
  caption: null,
};

export const captionDefaults = { template: '{label}', textMm: 3, maxLines: 2 } as const;

const bounded = ({ min, max }: { min: number; max: number }) => z.number().min(min).max(max);

const colourSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/);

const captionSchema = z.object({
  template: z
    .string()
    .trim()
    .min(1)
    .max(designBounds.captionTemplate.max)
    .superRefine((template, ctx) => {
      for (const name of unknownPlaceholders(template)) {
        ctx.addIssue({ code: 'custom', params: { code: 'captionPlaceholder', name } });
      }
    }),
  textMm: bounded(designBounds.captionTextMm),
  maxLines: bounded(designBounds.captionLines).int(),
});

/** Each value alone. For a design that is being typed and need not hold together yet. */
export const designFieldsSchema = z.object({
  sizeMm: bounded(designBounds.sizeMm),
  dotsPerInch: bounded(designBounds.dotsPerInch).int(),
  errorCorrection: z.enum(errorCorrections),
  quietZoneModules: bounded(designBounds.quietZoneModules).int(),
  foreground: colourSchema,
  background: colourSchema,
  moduleShape: z.enum(moduleShapes),
  finderStyle: z.enum(finderStyles),
  logo: z
    .object({ id: z.string().min(1).max(100), sizePercent: bounded(designBounds.logoPercent) })
    .nullable(),
  caption: captionSchema.nullable(),
});

/** A whole design: each value, and all of them together (`checkDesign`). */
export const designSettingsSchema = designFieldsSchema.superRefine((design, ctx) => {
  for (const refusal of checkDesign(design)) {
    ctx.addIssue({ code: 'custom', path: refusal.field.split('.'), params: issueOf(refusal) });
  }
}) satisfies z.ZodType<PrintDesignSettings>;

/** Codes and parameters as the messages know them (`fields.CODE`). */
function issueOf(refusal: DesignRefusal): Record<string, string | number> {
  switch (refusal.reason) {
    case 'tooLarge':
      return { code: 'printTooLarge', largestMm: refusal.largestMm };
    case 'tooSmall':
      return { code: 'printTooSmall', smallestMm: refusal.smallestMm };
    case 'contrastTooLow':
      return { code: 'contrastTooLow', ratio: Math.floor(refusal.ratio * 10) / 10, least: refusal.least };
    case 'inverted':
      return { code: 'colourInverted' };
    case 'captionTooLarge':
      return { code: 'captionTooLarge', largestMm: refusal.largestMm };
    case 'logoTooLarge':
      return { code: 'logoTooLarge', largestPercent: refusal.largestPercent };
  }
}
