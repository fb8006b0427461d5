'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { cn } from '@/components/ui/class-names';
import { formatNumber } from '@/lib/i18n/format';
import { lookOf } from './line-looks';
import { niceTicks, spread } from './scale';

export type Line = { name: string; values: readonly number[] };

/**
 * Lines over time, one to six. The plot stretches to its frame, so that it stands in the page before any script runs; the
 * arrow keys walk along its points.
 *
 * @param labels  of the points, as the person reads them
 */
export function LineChart({
  title,
  lines,
  labels,
  shortLabels = labels,
  openEnd = false,
  className,
}: {
  title: string;
  lines: readonly Line[];
  labels: readonly string[];
  shortLabels?: readonly string[];
  /** The last point is of a period that still goes on: what leads to it is dotted. */
  openEnd?: boolean;
  className?: string;
}) {
  const t = useTranslations('analytics.chart');
  const locale = useLocale();
  const [active, setActive] = useState<number | null>(null);
  const count = labels.length;
  const ticks = niceTicks(Math.max(0, ...lines.flatMap(({ values }) => values)));
  const least = Math.min(0, ...lines.flatMap(({ values }) => values));
  const lowTicks =
    least < 0
      ? niceTicks(-least)
          .slice(1)
          .map((tick) => -tick)
      : [];
  const top = ticks.at(-1) ?? 1;
  const bottom = lowTicks.at(-1) ?? 0;
  const allTicks = [...lowTicks.filter((tick) => tick === bottom), ...ticks];
  const x = (i: number) => (count <= 1 ? 50 : (100 * i) / (count - 1));
  const y = (value: number) => 100 - (100 * (value - bottom)) / (top - bottom);
  const open = openEnd && count > 2 ? 1 : 0;
  const toPath = (values: readonly number[], first = 0) =>
    values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(first + i)},${y(value)}`).join(' ');
  const say = (i: number) =>
    `${labels[i] ?? ''}: ${lines.map(({ name, values }) => `${name} ${formatNumber(values[i] ?? 0, locale)}`).join(', ')}`;

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, box.width);
    setActive(Math.min(count - 1, Math.max(0, Math.round(share * (count - 1)))));
  };
  const walk = (event: KeyboardEvent) => {
    const at = active ?? count - 1;
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 }[event.key];
    if (event.key === 'Escape') setActive(null);
    if (next === undefined) return;
    event.preventDefault();
    setActive(Math.min(count - 1, Math.max(0, next)));
  };

  return (
    <div className={cn('@container min-w-0', className)}>
      {lines.length > 1 ? (
        <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {lines.map(({ name }, i) => (
            <li key={lookOf(i).letter} className="flex min-w-0 items-center gap-2">
              <svg aria-hidden width="28" height="10" className="shrink-0">
                <line
                  x1="0"
                  x2="28"
                  y1="5"
                  y2="5"
                  stroke={lookOf(i).color}
                  strokeWidth="2"
                  strokeDasharray={lookOf(i).dash}
                />
              </svg>
              <span className="truncate">
                {lookOf(i).letter} {name}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div aria-hidden className="relative h-56 w-10 text-right text-sm text-muted sm:w-12">
          {allTicks.map((tick) => (
            <span key={tick} className="absolute right-0 -translate-y-1/2" style={{ top: `${y(tick)}%` }}>
              {formatNumber(tick, locale)}
            </span>
          ))}
        </div>
        <div
          role="slider"
          tabIndex={0}
          aria-label={`${title}. ${t('walk')}`}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, count - 1)}
          aria-valuenow={active ?? Math.max(0, count - 1)}
          aria-valuetext={say(active ?? count - 1)}
          className="relative h-56 touch-pan-y"
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setActive(null)}
          onKeyDown={walk}
          onFocus={(event) => {
            if (event.currentTarget.matches(':focus-visible')) setActive((at) => at ?? count - 1);
          }}
          onBlur={() => setActive(null)}
        >
          <svg
            aria-hidden
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            className="absolute inset-0 size-full overflow-visible"
          >
            {allTicks.map((tick) => (
              <line
                key={tick}
                x1="0"
                x2="100"
                y1={y(tick)}
                y2={y(tick)}
                stroke={tick === 0 ? 'var(--line-strong)' : 'var(--line)'}
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {lines.length === 1 && count > 1 && bottom === 0 ? (
              <path
                d={`M0,${y(0)} ${lines[0]?.values
                  .slice(0, count - open)
                  .map((value, i) => `L${x(i)},${y(value)}`)
                  .join(' ')} L${x(count - 1 - open)},${y(0)} Z`}
                fill="var(--accent-soft)"
                opacity="0.7"
              />
            ) : null}
            {lines.map(({ values }, place) => (
              <path
                key={lookOf(place).letter}
                d={toPath(values.slice(0, count - open))}
                fill="none"
                stroke={lookOf(place).color}
                strokeWidth="2"
                strokeLinejoin="round"
                strokeDasharray={lookOf(place).dash}
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {open === 0
              ? null
              : lines.map(({ values }, place) => (
                  <path
                    key={lookOf(place).letter}
                    d={toPath(values.slice(count - 2), count - 2)}
                    fill="none"
                    stroke={lookOf(place).color}
                    strokeDasharray="2 4"
                    vectorEffect="non-scaling-stroke"
                  />
                ))}
          </svg>
          {lines.map(({ values }, place) => {
            const at = active ?? count - 1 - open;
            const value = values[at];
            if (value === undefined || (lines.length === 1 && active === null && count > 1)) return null;
            return (
              <span
                key={lookOf(place).letter}
                aria-hidden
                className="pointer-events-none absolute grid size-4 -translate-1/2 place-items-center rounded-full border-2 bg-surface text-[9px] leading-none font-semibold"
                style={{ left: `${x(at)}%`, top: `${y(value)}%`, borderColor: lookOf(place).color }}
              >
                {lines.length > 1 ? lookOf(place).letter : null}
              </span>
            );
          })}
          {active === null ? null : (
            <div
              aria-hidden
              className="pointer-events-none absolute -top-1 z-10 w-max max-w-60 rounded-sm bg-ink px-2 py-1 text-sm text-paper"
              style={
                x(active) > 50
                  ? { right: `calc(${100 - x(active)}% + 12px)` }
                  : { left: `calc(${x(active)}% + 12px)` }
              }
            >
              <p className="font-semibold">{labels[active]}</p>
              {lines.map(({ name, values }, i) => (
                <p key={lookOf(i).letter} className="flex justify-between gap-3">
                  <span className="truncate">{lines.length > 1 ? `${lookOf(i).letter} ${name}` : name}</span>
                  <span>{formatNumber(values[active] ?? 0, locale)}</span>
                </p>
              ))}
            </div>
          )}
        </div>
        <span />
        <div aria-hidden className="relative mt-2 h-5 text-sm text-muted">
          {spread(count, 6).map((i, place) => (
            <span
              key={shortLabels[i]}
              className={cn(
                'absolute whitespace-nowrap',
                x(i) < 8 ? '' : x(i) > 92 ? '-translate-x-full' : '-translate-x-1/2',
                place % 2 === 1 && '@max-lg:hidden',
              )}
              style={{ left: `${x(i)}%` }}
            >
              {shortLabels[i]}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
