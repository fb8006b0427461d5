import { z } from 'zod';
import { unknownPlaceholders } from '../print/caption-template';
import { designBounds } from '../print/design-schemas';
import { lineAlignments, type PosterPlacement } from './types';

const place = z.number().min(0).max(5_080);

export const posterPlacementSchema = z.strictObject({
  code: z.strictObject({
    leftMm: place,
    topMm: place,
    sizeMm: z.number().min(designBounds.sizeMm.min).max(designBounds.sizeMm.max),
  }),
  hasPatch: z.boolean(),
  line: z
    .strictObject({
      leftMm: place,
      topMm: place,
      widthMm: z.number().min(5).max(5_080),
      textMm: z.number().min(designBounds.captionTextMm.min).max(500),
      align: z.enum(lineAlignments),
      colour: z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^#[0-9a-f]{6}$/),
      template: z
        .string()
        .trim()
        .min(1)
        .max(designBounds.captionTemplate.max)
        .superRefine((template, issues) => {
          for (const name of unknownPlaceholders(template)) {
            issues.addIssue({ code: 'custom', params: { code: 'captionPlaceholder', name } });
          }
        }),
    })
    .nullable(),
}) satisfies z.ZodType<PosterPlacement>;

/** The code and the line lie on the page. */
export function placementOn({ widthMm, heightMm }: { widthMm: number; heightMm: number }) {
  return posterPlacementSchema.superRefine(({ code, line }, issues) => {
    const off = (field: string[]) =>
      issues.addIssue({ code: 'custom', path: field, params: { code: 'posterOffPage' } });
    const slack = 0.05;
    if (code.leftMm + code.sizeMm > widthMm + slack || code.topMm + code.sizeMm > heightMm + slack) {
      off(['code']);
    }
    if (
      line &&
      (line.leftMm + line.widthMm > widthMm + slack || line.topMm + line.textMm > heightMm + slack)
    ) {
      off(['line']);
    }
  });
}

export const posterNameSchema = z.string().trim().min(1).max(100);
