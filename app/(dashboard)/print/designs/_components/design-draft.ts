import { sheetRefusalCodes } from '@/lib/designs/require-sheet-fits';
import type { PrintDesignDto } from '@/lib/designs/types';
import { toFieldIssues } from '@/lib/field-issues';
import { captionDefaults, designDefaults, designSettingsSchema } from '@/lib/print/design-schemas';
import type { PrintDesignSettings } from '@/lib/print/design-types';
import { planSheet } from '@/lib/print/plan-sheet';
import type { SheetSettings } from '@/lib/print/sheet-types';
import {
  readNumber,
  type SheetDraft,
  sheetIssuesOf,
  toSheetDraft,
  toSheetSettings,
} from '../../_components/sheet-draft';

/** A design while it is typed: numbers are texts, and a caption or sheet that is switched off is not forgotten. */
export type DesignDraft = Omit<
  PrintDesignSettings,
  'sizeMm' | 'dotsPerInch' | 'quietZoneModules' | 'caption'
> & {
  name: string;
  sizeMm: string;
  dotsPerInch: string;
  quietZoneModules: string;
  hasCaption: boolean;
  caption: { template: string; textMm: string; maxLines: string };
  hasSheet: boolean;
  sheet: SheetDraft;
};

export function toDraft(design: Pick<PrintDesignDto, 'name' | 'settings' | 'sheet'> | null): DesignDraft {
  const { caption, ...settings } = design?.settings ?? designDefaults;
  const { template, textMm, maxLines } = caption ?? captionDefaults;
  return {
    ...settings,
    name: design?.name ?? '',
    sizeMm: String(settings.sizeMm),
    dotsPerInch: String(settings.dotsPerInch),
    quietZoneModules: String(settings.quietZoneModules),
    hasCaption: caption !== null,
    caption: { template, textMm: String(textMm), maxLines: String(maxLines) },
    hasSheet: (design?.sheet ?? null) !== null,
    sheet: toSheetDraft(design?.sheet ?? null),
  };
}

/** What is not a number becomes NaN, which the schema names. */
export function toSettings(whole: DesignDraft): PrintDesignSettings {
  const { name: _name, hasCaption, caption, hasSheet: _has, sheet: _sheet, ...draft } = whole;
  return {
    ...draft,
    sizeMm: readNumber(draft.sizeMm),
    dotsPerInch: readNumber(draft.dotsPerInch),
    quietZoneModules: readNumber(draft.quietZoneModules),
    foreground: draft.foreground.trim().toLowerCase(),
    background: draft.background.trim().toLowerCase(),
    caption: hasCaption
      ? { ...caption, textMm: readNumber(caption.textMm), maxLines: readNumber(caption.maxLines) }
      : null,
  };
}

/** Null: no sheet of its own. */
export const toSheet = ({ hasSheet, sheet }: DesignDraft): SheetSettings | null =>
  hasSheet ? toSheetSettings(sheet) : null;

/** What is wrong with it now; empty when it can be drawn. */
export function issuesOf(settings: PrintDesignSettings) {
  const parsed = designSettingsSchema.safeParse(settings, { reportInput: true });
  return parsed.success ? [] : toFieldIssues(parsed.error);
}

/** What is wrong with its sheet, as the fields of the form are named; `sheet` alone when the design does not go onto it. */
export function issuesOfSheet(sheet: SheetSettings | null, settings: PrintDesignSettings | null) {
  if (!sheet) return [];
  const issues = sheetIssuesOf(sheet).map((issue) => ({ ...issue, field: `sheet.${issue.field}` }));
  if (issues.length > 0 || !settings) return issues;
  const plan = planSheet(sheet, settings);
  if (!('refusal' in plan)) return [];
  const { reason, largestMm } = plan.refusal;
  return [{ field: 'sheet', code: sheetRefusalCodes[reason], message: reason, params: { largestMm } }];
}
