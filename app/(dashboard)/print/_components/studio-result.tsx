'use client';

import { CircleCheck, Download, PackageCheck } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { notify, notifyError } from '@/components/ui/toast';
import { useBytes } from '@/components/ui/use-bytes';
import { useSeconds } from '@/components/ui/use-seconds';
import { type LeftOutDto, leftOutReasons, type SelectionDto } from '@/lib/codes/selection-types';
import type { ExportQueryInput } from '@/lib/exports/schemas';
import type { ExportPreviewDto } from '@/lib/exports/types';
import { formatNumber, formatShortDateTime } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';
import { pinDownloadAction, prepareExportAction } from '../actions';
import { SheetPicture } from './sheet-picture';

/** What one will get: how many, which not and why, the first symbols, how large; and the way to it. */
export function StudioResult({
  accountId,
  query,
  count,
  preview,
  stale,
  timeZone,
  now,
  mayWrite,
  onSize,
}: {
  accountId: string;
  query: ExportQueryInput;
  /** Known first. */
  count: Result<SelectionDto> | null;
  preview: Result<ExportPreviewDto> | null;
  stale: boolean;
  timeZone: string;
  now: string;
  mayWrite: boolean;
  /** Takes the size that would do instead of the one that does not. */
  onSize: (mm: number) => void;
}) {
  const t = useTranslations('exports.studio');
  const print = useTranslations('print');
  const locale = useLocale();
  const router = useRouter();
  const bytes = useBytes();
  const duration = useSeconds();
  const { sentenceOf } = useErrorSentences();
  const [isTemporaryOk, setTemporaryOk] = useState(false);
  const [pending, startTransition] = useTransition();

  if (count === null) {
    return (
      <Card title={t('result')}>
        <p className="text-muted">{t('counting')}</p>
        <Skeleton className="mt-4 h-48" />
      </Card>
    );
  }
  const refusal = [count, preview].find((each) => each?.ok === false);
  if (!count.ok || refusal?.ok === false) {
    const error = !count.ok ? count.error : refusal?.ok === false ? refusal.error : null;
    const fitsMm = error?.code === 'IMAGE_OUT_OF_BOUNDS' ? sizeThatFits(error.details) : 0;
    return (
      <Card title={t('result')}>
        <Notice
          tone="warning"
          action={
            fitsMm > 0 ? (
              <Button variant="secondary" size="sm" onClick={() => onSize(fitsMm)}>
                {print('useSize', { mm: formatNumber(fitsMm, locale, 1) })}
              </Button>
            ) : undefined
          }
        >
          {error ? sentenceOf(error) : null}
        </Notice>
      </Card>
    );
  }

  const { printable, temporary, leftOut } = count.value;
  const drawn = preview?.ok ? preview.value : null;
  const left = leftOut.notIssued + leftOut.expired + leftOut.expiring;
  const isReady = printable > 0 && !stale && (temporary === 0 || isTemporaryOk);
  const wanted: ExportQueryInput = { ...query, ...(temporary > 0 ? { temporary: 'ok' } : {}) };

  const download = () =>
    startTransition(async () => {
      const result = await pinDownloadAction({ accountId, query: wanted });
      if (!result.ok) return notifyError(sentenceOf(result.error));
      const link = document.createElement('a');
      link.href = `/api/exports/${result.value.id}/file?${new URLSearchParams({ accountId })}`;
      link.download = '';
      link.click();
      notify(t('started'));
    });
  const prepare = () =>
    startTransition(async () => {
      const result = await prepareExportAction({ accountId, query: wanted });
      if (result.ok) router.push('/print/exports');
      else notifyError(sentenceOf(result.error));
    });

  return (
    <div className="grid gap-4 lg:sticky lg:top-4">
      <Card title={t('result')}>
        <p aria-live="polite" aria-busy={stale}>
          <span className="block text-2xl font-semibold">{t('count', { count: printable })}</span>
          {drawn && printable > 0 ? (
            <span className="text-muted">
              {[
                drawn.pages === null ? null : t('pages', { count: drawn.pages }),
                t('size', { size: bytes(drawn.bytes) }),
                (drawn.seconds ?? 0) > 5 ? t('duration', { time: duration(drawn.seconds ?? 0) }) : null,
              ]
                .filter((each) => each !== null)
                .join(' · ')}
            </span>
          ) : null}
        </p>
        {printable > 0 ? (
          drawn ? (
            <figure className="mt-4">
              <div className="rounded-md border border-line bg-sunken p-2">
                {drawn.sheet ? (
                  <SheetPicture
                    sheet={drawn.sheet}
                    symbolOf={(item) => drawn.first[item]}
                    label={t('firstPage')}
                  />
                ) : (
                  <div className="grid grid-cols-2 gap-2">
                    {drawn.first.map(({ codeId, label, href, widthMm, heightMm }) => (
                      // biome-ignore lint/performance/noImgElement: a drawing made a moment ago
                      <img
                        key={codeId}
                        src={href}
                        alt={label}
                        style={{ aspectRatio: `${widthMm} / ${heightMm}` }}
                        className="block w-full bg-white object-contain"
                      />
                    ))}
                  </div>
                )}
              </div>
              <figcaption className="mt-2 flex items-start gap-1.5 text-sm text-muted">
                <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
                {drawn.sheet ? t('firstPageText') : t('previewText')}
              </figcaption>
            </figure>
          ) : (
            <Skeleton className="mt-4 h-80" />
          )
        ) : (
          <p className="mt-2 text-muted">{left > 0 ? t('nonePrintable') : t('noneFound')}</p>
        )}
        {left > 0 ? <LeftOut leftOut={leftOut} count={left} timeZone={timeZone} now={now} /> : null}
        {temporary > 0 ? (
          <div className="mt-4">
            <Checkbox
              label={t('temporary', { count: temporary })}
              hint={t('temporaryHint')}
              checked={isTemporaryOk}
              onCheckedChange={(checked) => setTemporaryOk(checked === true)}
            />
          </div>
        ) : null}
        {printable > 0 ? (
          <div className="mt-4 grid gap-2">
            <Button disabled={!isReady} pending={pending} onClick={download}>
              <Download aria-hidden />
              {t('download')}
            </Button>
            {mayWrite ? (
              <>
                <Button variant="secondary" disabled={!isReady} pending={pending} onClick={prepare}>
                  <PackageCheck aria-hidden />
                  {t('prepare')}
                </Button>
                <p className="text-sm text-muted">{t('prepareHint')}</p>
              </>
            ) : null}
          </div>
        ) : null}
      </Card>
    </div>
  );
}

/** 0: none would. */
const sizeThatFits = ({ reason, largestMm, smallestMm }: Record<string, unknown>): number =>
  Number(reason === 'tooSmall' ? smallestMm : largestMm) || 0;

function LeftOut({
  leftOut,
  count,
  timeZone,
  now,
}: {
  leftOut: LeftOutDto;
  count: number;
  timeZone: string;
  now: string;
}) {
  const t = useTranslations('exports.studio');
  const locale = useLocale();
  const reasons = leftOutReasons.filter((reason) => leftOut[reason] > 0);
  const why = (reason: (typeof leftOutReasons)[number], expiresAt: string | null) =>
    t(`reason.${reason}`, {
      when: expiresAt ? formatShortDateTime(expiresAt, locale, timeZone, now) : '',
    });
  return (
    <Notice tone="warning" className="mt-4" title={t('leftOut', { count })}>
      <p>{reasons.map((reason) => t(`reasons.${reason}`, { count: leftOut[reason] })).join(' · ')}</p>
      <ul className="mt-2 grid max-h-40 gap-1 overflow-auto text-sm">
        {leftOut.named.map(({ id, label, reason, expiresAt }) => (
          <li key={id} className="flex justify-between gap-3">
            <Link href={`/codes/${id}`} className="truncate underline underline-offset-3">
              {label}
            </Link>
            <span className="shrink-0 text-muted">{why(reason, expiresAt)}</span>
          </li>
        ))}
        {count > leftOut.named.length ? <li>{t('more', { count: count - leftOut.named.length })}</li> : null}
      </ul>
    </Notice>
  );
}
