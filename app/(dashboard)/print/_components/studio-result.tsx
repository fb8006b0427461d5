'use client';

import { CircleCheck, Download, PackageCheck } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { notify, notifyError } from '@/components/ui/toast';
import { useBytes } from '@/components/ui/use-bytes';
import { type LeftOutDto, leftOutReasons } from '@/lib/codes/selection-types';
import type { ExportQueryInput } from '@/lib/exports/schemas';
import type { ExportPreviewDto } from '@/lib/exports/types';
import { formatShortDateTime } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';
import { prepareExportAction } from '../actions';

/** Ids of so many codes still go into an address. */
const IDS_IN_ADDRESS = 150;

/** What one will get: how many, which not and why, the first symbols, how large; and the way to it. */
export function StudioResult({
  accountId,
  query,
  preview,
  stale,
  timeZone,
  now,
  mayWrite,
}: {
  accountId: string;
  query: ExportQueryInput;
  preview: Result<ExportPreviewDto> | null;
  stale: boolean;
  timeZone: string;
  now: string;
  mayWrite: boolean;
}) {
  const t = useTranslations('exports.studio');
  const router = useRouter();
  const bytes = useBytes();
  const { sentenceOf } = useErrorSentences();
  const [isTemporaryOk, setTemporaryOk] = useState(false);
  const [pending, startTransition] = useTransition();

  if (preview === null) {
    return (
      <Card title={t('result')}>
        <p className="text-muted">{t('counting')}</p>
        <Skeleton className="mt-4 h-48" />
      </Card>
    );
  }
  if (!preview.ok) {
    return (
      <Card title={t('result')}>
        <Notice tone="warning">{sentenceOf(preview.error)}</Notice>
      </Card>
    );
  }

  const { printable, temporary, leftOut, first, bytes: size } = preview.value;
  const left = leftOut.notIssued + leftOut.expired + leftOut.expiring;
  const isReady = printable > 0 && !stale && (temporary === 0 || isTemporaryOk);
  const wanted: ExportQueryInput = { ...query, ...(temporary > 0 ? { temporary: 'ok' } : {}) };
  const mayDownload = (query.ids?.length ?? 0) <= IDS_IN_ADDRESS;

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
          {printable > 0 && query.as !== 'pdf' ? (
            <span className="text-muted">{t('size', { size: bytes(size) })}</span>
          ) : null}
        </p>
        {first.length > 0 ? (
          <figure className="mt-4">
            <div className="grid grid-cols-2 gap-2 rounded-md border border-line bg-sunken p-2">
              {first.map(({ codeId, label, svg }) => (
                // biome-ignore lint/performance/noImgElement: a drawing made a moment ago
                <img
                  key={codeId}
                  src={`data:image/svg+xml;base64,${svg}`}
                  alt={label}
                  className="block aspect-square w-full object-contain"
                />
              ))}
            </div>
            <figcaption className="mt-2 flex items-start gap-1.5 text-sm text-muted">
              <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
              {t('previewText')}
            </figcaption>
          </figure>
        ) : null}
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
        <div className="mt-4 grid gap-2">
          {mayDownload ? (
            isReady ? (
              <Button asChild>
                <a href={addressOf(accountId, wanted)} download onClick={() => notify(t('started'))}>
                  <Download aria-hidden />
                  {t('download')}
                </a>
              </Button>
            ) : (
              <Button disabled>
                <Download aria-hidden />
                {t('download')}
              </Button>
            )
          ) : null}
          {mayWrite && query.as !== 'pdf' ? (
            <>
              <Button
                variant={mayDownload ? 'secondary' : 'primary'}
                disabled={!isReady}
                pending={pending}
                onClick={prepare}
              >
                <PackageCheck aria-hidden />
                {t('prepare')}
              </Button>
              <p className="text-sm text-muted">{t('prepareHint')}</p>
            </>
          ) : null}
        </div>
      </Card>
    </div>
  );
}

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

function addressOf(accountId: string, query: ExportQueryInput): string {
  const entries = Object.entries({ accountId, ...query }).filter(([, value]) => value !== undefined);
  return `/api/exports?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`;
}
