import { z } from 'zod';
import { type ErrorCorrection, errorCorrections, printBounds } from '../qr';
import { type PrintDesignSettings, type PrintFormat, printFormats } from './design-types';

/** What every symbol is drawn with, unless somebody asks for something else. */
export const imageDefaults = {
  format: 'png',
  mm: 50,
  dpi: 300,
  ec: 'Q',
  quiet: 4,
} as const satisfies { format: PrintFormat; mm: number; dpi: number; ec: ErrorCorrection; quiet: number };

const { sizeMm, dotsPerInch, quietZoneModules } = printBounds;

/**
 * The query of `/api/codes/{id}/image`: outer size in mm, quiet zone included; dpi, of no meaning for a vector format; quiet
 * zone in modules. What is left out is the design's, or without a design that of `imageDefaults`. Each number alone is bounded
 * here, all together by `checkDesign`.
 */
export const imageQuerySchema = z.object({
  format: z.enum(printFormats).default(imageDefaults.format),
  /** Id of a saved design. */
  design: z.string().optional(),
  mm: z.coerce.number().min(sizeMm.min).max(sizeMm.max).optional(),
  dpi: z.coerce.number().int().min(dotsPerInch.min).max(dotsPerInch.max).optional(),
  ec: z.enum(errorCorrections).optional(),
  quiet: z.coerce.number().int().min(quietZoneModules.min).max(quietZoneModules.max).optional(),
  /** The deliberate yes to printing a code that expires. */
  temporary: z.literal('ok').optional(),
  /** To be saved and not shown. */
  download: z.literal('1').optional(),
});
export type ImageQuery = z.output<typeof imageQuerySchema>;

/** The query's short names in the words of the house: what it asks for goes before what the design says. */
export function withQuery(
  design: PrintDesignSettings,
  { mm, dpi, ec, quiet }: Pick<ImageQuery, 'mm' | 'dpi' | 'ec' | 'quiet'>,
): PrintDesignSettings {
  return {
    ...design,
    sizeMm: mm ?? design.sizeMm,
    dotsPerInch: dpi ?? design.dotsPerInch,
    errorCorrection: ec ?? design.errorCorrection,
    quietZoneModules: quiet ?? design.quietZoneModules,
  };
}

export type DrawRequest = {
  url: string;
  format: PrintFormat;
  sizeMm: number;
  dotsPerInch: number;
  errorCorrection: ErrorCorrection;
  quietZoneModules: number;
  /** For a reader of the file; a raster carries none. */
  title?: string;
};
