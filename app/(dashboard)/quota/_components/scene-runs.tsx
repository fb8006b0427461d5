'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { Link } from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { formatNumber } from '@/lib/i18n/format';
import { type SceneRun, type SceneRunState, sceneStates } from '@/lib/quota/scene-picture';

/** As the canvas draws them. */
const swatches: Record<SceneRunState, string> = {
  issued: 'bg-accent',
  archived:
    'bg-[repeating-linear-gradient(to_bottom,var(--accent)_0_2px,var(--surface)_2px_3px,var(--accent)_3px_4px)]',
  reserved: 'bg-[repeating-conic-gradient(var(--accent)_0_25%,var(--surface)_0_50%)] bg-[length:4px_4px]',
  external: 'bg-[repeating-linear-gradient(135deg,var(--ink)_0_1.5px,var(--surface)_1.5px_4.5px)]',
  others: 'bg-sunken bg-[radial-gradient(var(--muted)_0.75px,transparent_0.75px)] bg-[length:4px_4px]',
  free: 'bg-surface',
};

/** Where a run leads: to its codes, or to what was said of other systems; a gap leads nowhere. */
export function hrefOfRun({ from, to, state }: SceneRun): string | null {
  if (state === 'free') return null;
  if (state === 'external' || state === 'others') return '/quota/external';
  const scenes = from === to ? String(from) : `${from}-${to}`;
  return `/codes?scenes=${scenes}${state === 'archived' ? '&status=archived' : ''}`;
}

/** "40,001–40,500 Used elsewhere, 500" */
export function useRunName(): (run: SceneRun) => string {
  const t = useTranslations('quota.map');
  const locale = useLocale();
  return ({ from, to, state }) =>
    from === to
      ? t('one', { scene: formatNumber(from, locale), state: t(`states.${state}`) })
      : t('run', {
          from: formatNumber(from, locale),
          to: formatNumber(to, locale),
          state: t(`states.${state}`),
          count: formatNumber(to - from + 1, locale),
        });
}

export function MapLegend() {
  const t = useTranslations('quota.map');
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1.5 text-sm">
      {sceneStates.map((state) => (
        <li key={state} className="flex items-center gap-2">
          <span aria-hidden className={cn('size-4 rounded-sm border border-line-strong', swatches[state])} />
          {t(`states.${state}`)}
        </li>
      ))}
    </ul>
  );
}

const shownAtFirst = 50;

/** The same as a table, for who cannot see or point at the picture. */
export function RunTable({ runs }: { runs: readonly SceneRun[] }) {
  const t = useTranslations('quota.map');
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const [state, setState] = useState<SceneRunState | ''>('');
  const [shown, setShown] = useState(shownAtFirst);
  const wanted = useMemo(
    () => (state === '' ? runs : runs.filter((run) => run.state === state)),
    [runs, state],
  );
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer py-1 font-semibold">{t('table')}</summary>
      {isOpen ? (
        <div className="mt-2 grid gap-3">
          <Select
            aria-label={t('filter')}
            className="max-w-60"
            value={state}
            options={[
              { value: '', label: t('allStates') },
              ...sceneStates.map((each) => ({ value: each, label: t(`states.${each}`) })),
            ]}
            onChange={(event) => {
              setState(sceneStates.find((each) => each === event.target.value) ?? '');
              setShown(shownAtFirst);
            }}
          />
          <Table caption={t('table')}>
            <TableHead>
              <Th>{t('columns.state')}</Th>
              <Th align="end">{t('columns.from')}</Th>
              <Th align="end">{t('columns.to')}</Th>
              <Th align="end">{t('columns.count')}</Th>
              <Th>
                <span className="sr-only">{t('columns.link')}</span>
              </Th>
            </TableHead>
            <TableBody>
              {wanted.slice(0, shown).map((run) => {
                const href = hrefOfRun(run);
                return (
                  <Tr key={run.from}>
                    <Td card="title">
                      <span className="flex items-center gap-2">
                        <span
                          aria-hidden
                          className={cn('size-4 rounded-sm border border-line-strong', swatches[run.state])}
                        />
                        {t(`states.${run.state}`)}
                      </span>
                    </Td>
                    <Td name={t('columns.from')} align="end">
                      {formatNumber(run.from, locale)}
                    </Td>
                    <Td name={t('columns.to')} align="end">
                      {formatNumber(run.to, locale)}
                    </Td>
                    <Td name={t('columns.count')} align="end">
                      {formatNumber(run.to - run.from + 1, locale)}
                    </Td>
                    <Td align="end">
                      {href ? (
                        <Link href={href} prefetch={false} className="text-accent underline">
                          {t(
                            run.state === 'external' || run.state === 'others' ? 'openExternal' : 'openCodes',
                          )}
                        </Link>
                      ) : null}
                    </Td>
                  </Tr>
                );
              })}
            </TableBody>
          </Table>
          {wanted.length > shown ? (
            <Button
              variant="secondary"
              size="sm"
              className="justify-self-start"
              onClick={() => setShown(shown + 200)}
            >
              {t('more', { count: formatNumber(wanted.length - shown, locale) })}
            </Button>
          ) : null}
        </div>
      ) : null}
    </details>
  );
}
