import { FlaskConical } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** Says that nothing here is real. @param simulatorUrl  the stand-in's own page */
export function DemoBanner({ simulatorUrl }: { simulatorUrl?: string }) {
  const t = useTranslations('shell.demo');
  return (
    <aside
      aria-label={t('label')}
      className="flex flex-wrap items-center justify-center gap-x-3 border-b border-line bg-amber-soft px-4 py-1.5 text-sm"
    >
      <span className="inline-flex items-center gap-2">
        <FlaskConical aria-hidden className="size-4 text-amber" />
        {t('text')}
      </span>
      {simulatorUrl ? (
        <a
          href={simulatorUrl}
          target="_blank"
          rel="noreferrer"
          className="font-semibold underline underline-offset-3"
        >
          {t('link')}
        </a>
      ) : null}
    </aside>
  );
}
