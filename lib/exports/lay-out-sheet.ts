import { AppError, invalidField } from '../errors';
import { parseInput } from '../field-issues';
import type { PrintDesignSettings } from '../print/design-types';
import { planSheet } from '../print/plan-sheet';
import { sheetDefaults, sheetSettingsSchema } from '../print/sheet-schemas';
import type { SheetLayout, SheetSettings } from '../print/sheet-types';

/** @throws AppError IMAGE_OUT_OF_BOUNDS  the design does not go onto the sheet */
export function layOutSheet(settings: SheetSettings, design: PrintDesignSettings): SheetLayout {
  const plan = planSheet(settings, design);
  if ('layout' in plan) return plan.layout;
  const { reason, largestMm } = plan.refusal;
  throw new AppError('IMAGE_OUT_OF_BOUNDS', `the design does not go onto the sheet: ${reason}`, {
    reason: 'tooLarge',
    largestMm,
    smallestMm: 0,
  });
}

/**
 * The sheet that an export asks for: `single`, `a4`, `letter`, the number of a label stock; left out, that of its design.
 *
 * @throws AppError VALIDATION_FAILED
 */
export function readSheetSettings(name: string | undefined, saved: SheetSettings | null): SheetSettings {
  switch (name) {
    case undefined:
      return saved ?? sheetDefaults;
    case 'single':
      return parseInput(sheetSettingsSchema, { kind: 'single' });
    case 'a4':
    case 'letter':
      return parseInput(sheetSettingsSchema, { ...sheetDefaults, page: name });
    default: {
      const stock = sheetSettingsSchema.safeParse({ kind: 'stock', stock: name });
      if (stock.success) return stock.data;
      throw invalidField('sheet', 'notInList', 'no such sheet', { allowed: 'single, a4, letter, L7160 …' });
    }
  }
}
