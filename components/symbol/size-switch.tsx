'use client';

import { useTranslations } from 'next-intl';

export type ShownSize = 'large' | 'trueSize';

/** As large as there is room, or as large as it will be printed. */
export function SizeSwitch({ value, onChange }: { value: ShownSize; onChange: (value: ShownSize) => void }) {
  const t = useTranslations('print.preview');
  return (
    <fieldset aria-label={t('label')} className="m-0 flex gap-1 border-0 p-0">
      {(['large', 'trueSize'] as const).map((size) => (
        <button
          key={size}
          type="button"
          aria-pressed={value === size}
          onClick={() => onChange(size)}
          className="h-9 rounded-full border border-line-strong bg-surface px-3 text-sm transition-colors hover:border-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-semibold sm:h-8"
        >
          {t(size)}
        </button>
      ))}
    </fieldset>
  );
}
