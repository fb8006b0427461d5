import type { FieldIssue } from '@/lib/errors';
import { toFieldIssues } from '@/lib/field-issues';
import { sheetSettingsSchema } from '@/lib/print/sheet-schemas';
import type { PageSize, SheetKind, SheetSettings } from '@/lib/print/sheet-types';

/** A sheet while it is typed: numbers are texts, and what belongs to another kind is not forgotten. */
export type SheetDraft = {
  kind: SheetKind;
  stock: string;
  page: PageSize;
  cropMarks: boolean;
} & Record<SheetNumber, string>;

export type SheetNumber = 'columns' | 'rows' | 'marginMm' | 'gapMm' | 'bleedMm' | 'startAt' | 'copies';

const emptyDraft: SheetDraft = {
  ...{ kind: 'grid', stock: 'L7160', page: 'a4', cropMarks: true },
  ...{ columns: '3', rows: '4', marginMm: '10', gapMm: '5', bleedMm: '0', startAt: '1', copies: '1' },
};

export function toSheetDraft(sheet: SheetSettings | null): SheetDraft {
  const values = Object.entries(sheet ?? {}).map(
    ([name, value]) => [name, typeof value === 'number' ? String(value) : value] as const,
  );
  return { ...emptyDraft, ...Object.fromEntries(values) };
}

/** What the studio begins with: the sheet of the design where it is of that kind, or the usual one. */
export function draftFor(packing: 'single' | 'sheet', saved: SheetSettings | null): SheetDraft {
  const isSingle = packing === 'single';
  if (saved && (saved.kind === 'single') === isSingle) return toSheetDraft(saved);
  return { ...emptyDraft, ...(isSingle ? { kind: 'single', cropMarks: false } : {}) };
}

/** What is not a number becomes NaN, which the schema names. */
export function toSheetSettings(draft: SheetDraft): SheetSettings {
  const { kind, stock, page, cropMarks } = draft;
  const common = {
    cropMarks,
    bleedMm: readNumber(draft.bleedMm),
    startAt: readNumber(draft.startAt),
    copies: readNumber(draft.copies),
  };
  switch (kind) {
    case 'single':
      return { kind, ...common };
    case 'stock':
      return { kind, stock, ...common };
    case 'grid':
      return {
        ...{ kind, page, ...common },
        columns: readNumber(draft.columns),
        rows: readNumber(draft.rows),
        marginMm: readNumber(draft.marginMm),
        gapMm: readNumber(draft.gapMm),
      };
  }
}

/** What people type for a number, with a comma of any kind; NaN when it is none. */
export const readNumber = (text: string): number =>
  text.trim() === '' ? Number.NaN : Number(text.trim().replace(/[,，]/, '.'));

/** What is wrong with its values, each by its name; empty when it can be laid out. */
export function sheetIssuesOf(sheet: SheetSettings): FieldIssue[] {
  const parsed = sheetSettingsSchema.safeParse(sheet, { reportInput: true });
  return parsed.success ? [] : toFieldIssues(parsed.error);
}
