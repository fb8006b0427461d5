import { z } from 'zod';
import { type ErrorCorrection, errorCorrections, printBounds } from '../qr';

export const imageFormats = ['png', 'svg'] as const;
export type ImageFormat = (typeof imageFormats)[number];

/** What every symbol is drawn with, unless somebody asks for something else. */
export const imageDefaults = {
  format: 'png',
  mm: 50,
  dpi: 300,
  ec: 'Q',
  quiet: 4,
} as const satisfies { format: ImageFormat; mm: number; dpi: number; ec: ErrorCorrection; quiet: number };

const { sizeMm, dotsPerInch, quietZoneModules } = printBounds;

/**
 * The query of `/api/codes/{id}/image`: outer size in mm, quiet zone included; dpi, of no meaning for an SVG; quiet zone in
 * modules. Each number alone is bounded here, all together by `checkPrintSize`.
 */
export const imageQuerySchema = z.object({
  format: z.enum(imageFormats).default(imageDefaults.format),
  mm: z.coerce.number().min(sizeMm.min).max(sizeMm.max).default(imageDefaults.mm),
  dpi: z.coerce.number().int().min(dotsPerInch.min).max(dotsPerInch.max).default(imageDefaults.dpi),
  ec: z.enum(errorCorrections).default(imageDefaults.ec),
  quiet: z.coerce
    .number()
    .int()
    .min(quietZoneModules.min)
    .max(quietZoneModules.max)
    .default(imageDefaults.quiet),
  /** The deliberate yes to printing a code that expires. */
  temporary: z.literal('ok').optional(),
  /** To be saved and not shown. */
  download: z.literal('1').optional(),
});
export type ImageQuery = z.output<typeof imageQuerySchema>;

export type DrawRequest = {
  url: string;
  format: ImageFormat;
  sizeMm: number;
  dotsPerInch: number;
  errorCorrection: ErrorCorrection;
  quietZoneModules: number;
  /** For a reader of the file; an SVG carries it, a PNG does not. */
  title?: string;
};

/** The query's short names in the words of the house. */
export function toDrawRequest(url: string, query: ImageQuery, title?: string): DrawRequest {
  return {
    url,
    format: query.format,
    sizeMm: query.mm,
    dotsPerInch: query.dpi,
    errorCorrection: query.ec,
    quietZoneModules: query.quiet,
    ...(title === undefined ? {} : { title }),
  };
}
