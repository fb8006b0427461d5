import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '@/lib/i18n/format';
import type { QuotaCountsDto } from '@/lib/quota/types';

const states = ['issued', 'archived', 'reserved', 'external', 'unlisted', 'remaining'] as const;

/** What each part of the gauge means, with its figure. */
export function StateList({ counts }: { counts: QuotaCountsDto }) {
  const t = useTranslations('quota.states');
  const locale = useLocale();
  return (
    <dl className="mt-6 divide-y divide-line border-t border-line">
      {states.map((state) => (
        <div key={state} className="grid grid-cols-[1fr_auto] gap-x-4 py-2 sm:grid-cols-[10rem_1fr_auto]">
          <dt className="font-semibold">{t(`${state}.name`)}</dt>
          <dd className="order-last text-sm leading-6 text-pretty text-muted max-sm:col-span-2 sm:order-none">
            {t(`${state}.text`)}
          </dd>
          <dd className="text-right">{formatNumber(counts[state], locale)}</dd>
        </div>
      ))}
    </dl>
  );
}
