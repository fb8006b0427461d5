import { AppError, invalidField } from '../errors';
import { parseInput } from '../field-issues';
import type { PrintDesignSettings } from '../print/design-types';
import { planSheet } from '../print/plan-sheet';
import { sheetDefaults, sheetSettingsSchema } from '../print/sheet-schemas';
import { pageNames, type SheetLayout, type SheetSettings } from '../print/sheet-types';
import type { ExportQuery } from './schemas';

/** @throws AppError IMAGE_OUT_OF_BOUNDS  the design does not go onto the sheet: `details.reason` says why, `largestMm` what would */
export function layOutSheet(settings: SheetSettings, design: PrintDesignSettings): SheetLayout {
  const plan = planSheet(settings, design);
  if ('layout' in plan) return plan.layout;
  const { reason, largestMm } = plan.refusal;
  throw new AppError('IMAGE_OUT_OF_BOUNDS', `the design does not go onto the sheet: ${reason}`, {
    reason,
    largestMm,
    smallestMm: 0,
  });
}

/**
 * The sheet that an export asks for by its name, or that of its design; and what else it asks of it.
 *
 * @throws AppError VALIDATION_FAILED
 */
export function readSheetSettings(query: SheetQuery, saved: SheetSettings | null): SheetSettings {
  const { columns, rows, margin, gap, bleed, crop, start, copies } = query;
  const asked = {
    ...{ columns, rows, marginMm: margin, gapMm: gap, bleedMm: bleed, startAt: start, copies },
    cropMarks: crop === undefined ? undefined : crop === '1',
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  // What is of a grid alone says nothing to another sheet, and the schema passes over it.
  return parseInput(sheetSettingsSchema, { ...namedSheet(query.sheet, saved), ...given });
}

type SheetQuery = Pick<
  ExportQuery,
  'sheet' | 'columns' | 'rows' | 'margin' | 'gap' | 'bleed' | 'crop' | 'start' | 'copies'
>;

function namedSheet(name: string | undefined, saved: SheetSettings | null): object {
  if (name === undefined) return saved ?? sheetDefaults;
  if (name === 'single') return saved?.kind === 'single' ? saved : { kind: 'single' };
  const page = pageNames.find((each) => each === name);
  if (page) return { ...sheetDefaults, page };
  const stock = { kind: 'stock', stock: name };
  if (sheetSettingsSchema.safeParse(stock).success) return stock;
  throw invalidField('sheet', 'notInList', 'no such sheet', {
    allowed: `single, ${pageNames.join(', ')}, L7160 …`,
  });
}
