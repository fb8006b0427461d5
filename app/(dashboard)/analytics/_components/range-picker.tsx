'use client';

import { CalendarDays } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Popover } from '@/components/ui/popover';
import { earlierOf, laterOf, rangePresets } from '@/lib/analytics/format';
import type { DateRange } from '@/lib/analytics/types';
import { formatDate } from '@/lib/i18n/format';
import { useListTransition } from '../../_components/list-frame';
import { analyticsParsers } from './query-parsers';

/** Days by name, or from one to another. */
export function RangePicker({ range, today }: { range: DateRange; today: string }) {
  const t = useTranslations('analytics.range');
  const locale = useLocale();
  const startTransition = useListTransition();
  const [query, setQuery] = useQueryStates(analyticsParsers, { shallow: false, startTransition });
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  const id = useId();
  const preset = query.from && query.to ? null : (query.preset ?? 'last30');
  const show = (date: string) => formatDate(`${date}T00:00:00Z`, locale, 'UTC');

  return (
    <Popover
      label={t('label')}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setFrom(range.from);
        setTo(range.to);
      }}
      className="w-80"
      trigger={
        <Button variant="secondary" size="sm">
          <CalendarDays aria-hidden />
          {preset ? t(preset) : `${show(range.from)} – ${show(range.to)}`}
        </Button>
      }
    >
      <div className="grid grid-cols-2 gap-1">
        {rangePresets.map((each) => (
          <Button
            key={each}
            variant={each === preset ? 'secondary' : 'quiet'}
            size="sm"
            className="justify-start"
            aria-pressed={each === preset}
            onClick={() => {
              setOpen(false);
              setQuery({ preset: each, from: null, to: null, by: null });
            }}
          >
            {t(each)}
          </Button>
        ))}
      </div>
      <form
        className="mt-3 grid gap-2 border-t border-line pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!from || !to) return;
          setOpen(false);
          setQuery({ preset: null, from: earlierOf(from, to), to: laterOf(from, to), by: null });
        }}
      >
        <label htmlFor={`${id}from`} className="grid gap-1 text-sm">
          {t('from')}
          <Input
            id={`${id}from`}
            type="date"
            value={from}
            max={today}
            onChange={(event) => setFrom(event.target.value)}
          />
        </label>
        <label htmlFor={`${id}to`} className="grid gap-1 text-sm">
          {t('to')}
          <Input id={`${id}to`} type="date" value={to} onChange={(event) => setTo(event.target.value)} />
        </label>
        <Button type="submit" size="sm">
          {t('apply')}
        </Button>
      </form>
    </Popover>
  );
}
