import type { PrintDesignDto } from '@/lib/designs/types';
import { toFieldIssues } from '@/lib/field-issues';
import { captionDefaults, designDefaults, designSettingsSchema } from '@/lib/print/design-schemas';
import type { PrintDesignSettings } from '@/lib/print/design-types';

/** A design while it is typed: numbers are texts, and a caption that is switched off is not forgotten. */
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
};

export function toDraft(design: Pick<PrintDesignDto, 'name' | 'settings'> | null): DesignDraft {
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
  };
}

/** What is not a number becomes NaN, which the schema names. */
export function toSettings({ name: _, hasCaption, caption, ...draft }: DesignDraft): PrintDesignSettings {
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

const readNumber = (text: string) =>
  text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.').replace('，', '.'));

/** What is wrong with it now; empty when it can be drawn. */
export function issuesOf(settings: PrintDesignSettings) {
  const parsed = designSettingsSchema.safeParse(settings, { reportInput: true });
  return parsed.success ? [] : toFieldIssues(parsed.error);
}
