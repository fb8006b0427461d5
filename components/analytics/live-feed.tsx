'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { Link } from '@/components/ui/link';
import type { FeedItemDto } from '@/lib/analytics/types';
import { formatTime, localDate } from '@/lib/i18n/format';
import { shortPeriodLabel } from './period-labels';
import { useFeed } from './use-feed';

const SHOWN = 12;
const shortDay = (date: string) => shortPeriodLabel(date, 'day');

/** The last scans and follows, and those that come while one looks. */
export function LiveFeed({
  accountId,
  initial,
  timeZone,
  today,
}: {
  accountId: string;
  initial: readonly FeedItemDto[];
  timeZone: string;
  /** Local date of the account: of other days the date is shown, too. */
  today: string;
}) {
  const t = useTranslations('analytics.feed');
  const locale = useLocale();
  const [items, setItems] = useState(initial);
  const add = useCallback((fresh: FeedItemDto[]) => {
    setItems((known) => {
      const ids = new Set(known.map(({ id }) => id));
      return [...fresh.filter(({ id }) => !ids.has(id)), ...known].slice(0, SHOWN);
    });
  }, []);
  const connected = useFeed(accountId, add);

  return (
    <>
      <p className="mb-2 flex items-center gap-2 text-sm text-muted">
        <span
          aria-hidden
          className={
            connected ? 'size-2 rounded-full bg-accent' : 'size-2 rounded-full border border-line-strong'
          }
        />
        {connected ? t('connected') : t('connecting')}
      </p>
      {items.length === 0 ? <p className="text-muted">{t('none')}</p> : null}
      <ul
        aria-label={t('title')}
        aria-live="polite"
        aria-relevant="additions"
        className="grid grid-cols-[auto_auto_1fr_auto] gap-x-3 divide-y divide-line"
      >
        {items.slice(0, SHOWN).map((item) => (
          <li
            key={item.id}
            className="col-span-full grid animate-fade-in grid-cols-subgrid items-baseline py-1.5 text-sm"
          >
            <time dateTime={item.at} className="text-right text-muted">
              {localDate(item.at, timeZone) === today ? null : `${shortDay(localDate(item.at, timeZone))} `}
              {formatTime(item.at, locale, timeZone)}
            </time>
            <span className="font-semibold">{t(item.event)}</span>
            <span className="truncate">
              {item.code ? (
                <Link href={`/codes/${item.code.id}`} className="hover:text-accent hover:underline">
                  {item.code.label}
                </Link>
              ) : item.scene === null ? (
                <span className="text-muted">{t('noCode')}</span>
              ) : (
                t('unknown', { scene: item.scene })
              )}
            </span>
            <code className="font-mono text-muted max-sm:hidden">{item.openid ?? t('somebody')}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
