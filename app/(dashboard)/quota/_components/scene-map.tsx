'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { formatNumber } from '@/lib/i18n/format';
import { decodePicture, lastScene, runIndexAt, type SceneRun } from '@/lib/quota/scene-picture';
import { drawMap, heightOf, layoutFor, type MapColours, sceneAt } from './scene-canvas';
import { hrefOfRun, MapLegend, RunTable, useRunName } from './scene-runs';

/** The whole range 1…100,000 as one sees it at a glance: runs, gaps, blocks; each leads to its codes. */
export function SceneMap({ accountId }: { accountId: string }) {
  const t = useTranslations('quota.map');
  const { data, isError, refetch } = useQuery({
    queryKey: ['scene-picture', accountId],
    queryFn: async ({ signal }): Promise<SceneRun[]> => {
      const response = await fetch(`/api/quota/picture?${new URLSearchParams({ accountId })}`, { signal });
      if (!response.ok) throw new Error(`${response.status}`);
      return decodePicture(((await response.json()) as { picture: string }).picture);
    },
  });
  if (isError) {
    return (
      <Notice
        tone="error"
        action={
          <Button variant="secondary" size="sm" onClick={() => void refetch()}>
            {t('again')}
          </Button>
        }
      >
        {t('failed')}
      </Notice>
    );
  }
  if (!data) return <Skeleton className="h-[600px] w-full max-sm:h-[1000px]" />;
  return <LoadedMap runs={data} />;
}

function LoadedMap({ runs }: { runs: SceneRun[] }) {
  const t = useTranslations('quota.map');
  const locale = useLocale();
  const nameOf = useRunName();
  const router = useRouter();
  const { resolvedTheme } = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [place, setPlace] = useState(0);
  const [isMarked, setMarked] = useState(false);
  const layout = useMemo(() => layoutFor(width), [width]);
  const run = runs[Math.min(place, runs.length - 1)] ?? { from: 1, to: lastScene, state: 'free' as const };
  const href = hrefOfRun(run);

  // Before it is painted: the picture is another height in another width.
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const marked = isMarked ? run : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the theme turns
  useEffect(() => {
    if (!canvas.current || width === 0) return;
    drawMap(canvas.current, runs, { width, layout, colours: readColours(canvas.current), marked });
  }, [runs, width, layout, marked, resolvedTheme]);

  const lookAt = useCallback(
    (event: { clientX: number; clientY: number }) => {
      const box = canvas.current?.getBoundingClientRect();
      if (!box || box.width === 0) return;
      const scene = sceneAt(event.clientX - box.left, event.clientY - box.top, box.width, layout);
      setPlace(runIndexAt(runs, scene));
      setMarked(true);
    },
    [runs, layout],
  );

  const step = (to: number) => {
    setPlace(Math.min(runs.length - 1, Math.max(0, to)));
    setMarked(true);
  };
  /** Where an arrow leads from here; null: the key is none of the map's. */
  const placeAfter = (key: string): number | null => {
    switch (key) {
      case 'ArrowRight':
        return place + 1;
      case 'ArrowLeft':
        return place - 1;
      case 'ArrowDown':
        return runIndexAt(runs, Math.min(lastScene, run.from + layout.perRow));
      case 'ArrowUp':
        return runIndexAt(runs, Math.max(1, run.from - layout.perRow));
      case 'Home':
        return 0;
      case 'End':
        return runs.length - 1;
      default:
        return null;
    }
  };

  return (
    <div className="grid gap-3">
      <MapLegend />
      <p className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1" aria-hidden={!isMarked}>
        {isMarked ? (
          <>
            <span className="font-semibold">{nameOf(run)}</span>
            {href ? (
              <a href={href} className="text-accent underline">
                {t(run.state === 'external' || run.state === 'others' ? 'openExternal' : 'openCodes')}
              </a>
            ) : null}
          </>
        ) : (
          <span className="text-sm text-muted">{t('hint')}</span>
        )}
      </p>
      <div className="flex gap-2">
        <RowLabels perRow={layout.perRow} rowHeight={layout.rowHeight + layout.gap} />
        <div ref={frame} className="min-w-0 flex-1">
          <div
            role="slider"
            tabIndex={0}
            aria-label={t('label')}
            aria-valuemin={1}
            aria-valuemax={lastScene}
            aria-valuenow={run.from}
            aria-valuetext={nameOf(run)}
            aria-orientation="horizontal"
            className="cursor-crosshair rounded-sm border border-line-strong"
            onFocus={() => setMarked(true)}
            onPointerMove={(event) => {
              if (event.pointerType === 'mouse') lookAt(event);
            }}
            onClick={(event) => {
              const before = isMarked ? run : null;
              lookAt(event);
              // A finger looks first, and goes on with the link or a second tap.
              const target = targetAt(event, canvas.current, runs, layout);
              const isMouse = (event.nativeEvent as PointerEvent).pointerType === 'mouse';
              const to = target ? hrefOfRun(target) : null;
              if (to && (isMouse || before === target)) router.push(to);
            }}
            onKeyDown={(event) => {
              const next = placeAfter(event.key);
              if (next !== null) step(next);
              else if (event.key === 'Enter' && href) router.push(href);
              else return;
              event.preventDefault();
            }}
          >
            <canvas ref={canvas} aria-hidden className="block w-full" style={{ height: heightOf(layout) }} />
          </div>
        </div>
      </div>
      <p className="text-sm text-muted">
        {t('perRow', { count: formatNumber(layout.perRow, locale), runs: formatNumber(runs.length, locale) })}
      </p>
      <RunTable runs={runs} />
    </div>
  );
}

function targetAt(
  event: { clientX: number; clientY: number },
  canvas: HTMLCanvasElement | null,
  runs: SceneRun[],
  layout: ReturnType<typeof layoutFor>,
): SceneRun | null {
  const box = canvas?.getBoundingClientRect();
  if (!box || box.width === 0) return null;
  const scene = sceneAt(event.clientX - box.left, event.clientY - box.top, box.width, layout);
  return runs[runIndexAt(runs, scene)] ?? null;
}

const labelEvery = 10_000;

/** Where each ten thousand begins. */
function RowLabels({ perRow, rowHeight }: { perRow: number; rowHeight: number }) {
  const locale = useLocale();
  return (
    <div aria-hidden className="w-13 shrink-0 text-right text-sm text-muted">
      {Array.from({ length: lastScene / labelEvery }, (_, place) => place * labelEvery + 1).map((first) => (
        <div key={first} className="-mt-1 mb-1" style={{ height: (labelEvery / perRow) * rowHeight }}>
          {formatNumber(first, locale)}
        </div>
      ))}
    </div>
  );
}

function readColours(element: Element): MapColours {
  const style = getComputedStyle(element);
  const read = (name: keyof MapColours) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: read('ink'),
    muted: read('muted'),
    accent: read('accent'),
    amber: read('amber'),
    line: read('line'),
    surface: read('surface'),
    sunken: read('sunken'),
  };
}
