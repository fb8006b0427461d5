import type { DesignDraft } from './design-draft';

/** What each part of the form is given. */
export type SectionProps = {
  draft: DesignDraft;
  onChange: (change: Partial<DesignDraft>) => void;
  /** The sentence about a field, by its name in the settings: `caption.template`. */
  errorOf: (field: string) => string | undefined;
  disabled: boolean;
};
