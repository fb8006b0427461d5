import { invalidField } from '../errors';
import type { PrintDesignSettings } from '../print/design-types';
import { planSheet } from '../print/plan-sheet';
import type { SheetRefusal, SheetSettings } from '../print/sheet-types';

/** `fields.CODE` of the messages. */
export const sheetRefusalCodes = {
  symbolTooLarge: 'sheetSymbolTooLarge',
  gridTooLarge: 'sheetGridTooLarge',
  bleedTooWide: 'sheetBleedTooWide',
} as const satisfies Record<SheetRefusal['reason'], string>;

/** @throws AppError VALIDATION_FAILED  the design does not go onto the sheet that it is saved with */
export function requireSheetFits(sheet: SheetSettings | null, settings: PrintDesignSettings): void {
  const plan = sheet && planSheet(sheet, settings);
  if (!plan || 'layout' in plan) return;
  const { reason, largestMm } = plan.refusal;
  throw invalidField('sheet', sheetRefusalCodes[reason], 'the design does not go onto it', { largestMm });
}
