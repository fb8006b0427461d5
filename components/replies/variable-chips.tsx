'use client';

import { useTranslations } from 'next-intl';
import { replyVariables } from '@/lib/replies/types';

/** What may stand in a reply, to be put in by a click. */
export function VariableChips({ onInsert }: { onInsert: (placeholder: string) => void }) {
  const t = useTranslations('replies');
  return (
    <fieldset aria-label={t('insert')} className="flex flex-wrap gap-1.5 border-0 p-0">
      {replyVariables.map((name) => (
        <button
          key={name}
          type="button"
          title={t('insertNamed', { what: t(`variables.${name}`) })}
          onClick={() => onInsert(`{${name}}`)}
          className="inline-flex h-9 items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-sm transition-colors hover:border-ink sm:h-7"
        >
          {t(`variables.${name}`)}
          <code className="font-mono text-muted">{`{${name}}`}</code>
        </button>
      ))}
    </fieldset>
  );
}
