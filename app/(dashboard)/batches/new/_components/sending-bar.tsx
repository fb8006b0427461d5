'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { formatPercent } from '@/lib/i18n/format';

/** How far the upload is, then that the server reads. */
export function SendingBar({
  phase: { step, sent },
  hasBody,
  onStop,
  texts,
}: {
  phase: { step: 'check' | 'make'; sent: number };
  hasBody: boolean;
  onStop: () => void;
  /** What the server does meanwhile, where it is no batch that is made. */
  texts?: { check: string; make: string };
}) {
  const t = useTranslations('batches.new.sending');
  const locale = useLocale();
  const isUploading = hasBody && sent < 1;
  const text = isUploading
    ? t('uploading', { share: formatPercent(sent, locale) })
    : (texts?.[step] ?? t(step));
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-surface p-3">
      <div className="min-w-0 flex-1 basis-48">
        <p role="status">{text}</p>
        {hasBody ? (
          <div
            role="progressbar"
            aria-label={text}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(100 * sent)}
            className="mt-2 h-1.5 overflow-hidden rounded-full bg-hover"
          >
            <div className="h-full bg-accent" style={{ width: `${100 * sent}%` }} />
          </div>
        ) : null}
      </div>
      {step === 'check' ? (
        <Button variant="secondary" size="sm" onClick={onStop}>
          {t('stop')}
        </Button>
      ) : null}
    </div>
  );
}
