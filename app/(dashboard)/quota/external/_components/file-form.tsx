'use client';

import { CircleX } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Figure } from '@/components/ui/figure';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import { formatRanges } from '@/lib/accounts/format';
import type { ExternalPreviewDto, ExternalUseDto } from '@/lib/accounts/types';
import { describeField } from '@/lib/i18n/describe-error';
import { formatNumber } from '@/lib/i18n/format';
import { maxFileBytes } from '@/lib/tables/limits';
import { FileField } from '../../../batches/new/_components/file-field';
import { type Problem, sendBatch } from '../../../batches/new/_components/send-batch';

const shownLines = 100;

/** A file is looked at first, and then entered as a whole. */
export function FileForm({ accountId }: { accountId: string }) {
  const t = useTranslations('quotaRules.external.file');
  const locale = useLocale();
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const [report, setReport] = useState<ExternalPreviewDto | null>(null);
  const [refused, setRefused] = useState<{ problem: Problem | null } | null>(null);
  const [pending, setPending] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function send<T>(path: string, body: File): Promise<T | null> {
    const controller = new AbortController();
    running.current = controller;
    setPending(true);
    setRefused(null);
    const query = { accountId, fileName: body.name };
    const answer = await sendBatch<T>(path, {
      ...{ query, body, locale, onSent: () => undefined, signal: controller.signal },
    });
    setPending(false);
    if (controller.signal.aborted) return null;
    if (answer.ok) return answer.value;
    setRefused({ problem: answer.problem });
    return null;
  }

  const check = async (event: FormEvent) => {
    event.preventDefault();
    setIsMissing(file === null);
    if (file) setReport(await send<ExternalPreviewDto>('/api/external-imports/dry-run', file));
  };

  const enter = async () => {
    if (!file) return;
    const done = await send<ExternalUseDto>('/api/external-imports', file);
    if (!done) return;
    notify(t('done', { added: done.added, known: done.known }));
    setFile(null);
    setReport(null);
    router.refresh();
  };

  return (
    <form noValidate onSubmit={check} className="grid max-w-2xl gap-4">
      <FileField
        file={file}
        onFileChange={(chosen) => {
          setFile(chosen);
          setIsMissing(false);
          setReport(null);
          setRefused(null);
        }}
        hint={t('hint', { megabytes: maxFileBytes / 1_048_576 })}
        error={isMissing ? t('missing') : refused?.problem?.fields?.[0]?.message}
      />
      {refused && !refused.problem?.fields ? (
        <Notice tone="error">{refused.problem?.detail ?? t('lost')}</Notice>
      ) : null}
      {report ? <Report report={report} /> : null}
      <div>
        {report && report.invalid === 0 && report.added > 0 ? (
          <Button type="button" pending={pending} onClick={() => void enter()}>
            {t('import', { count: report.added })}
          </Button>
        ) : (
          <Button type="submit" variant="secondary" pending={pending}>
            {report ? t('again') : t('check')}
          </Button>
        )}
      </div>
    </form>
  );
}

function Report({ report }: { report: ExternalPreviewDto }) {
  const t = useTranslations('quotaRules.external.file');
  const fields = useTranslations('fields');
  const locale = useLocale();
  const { added, known, ours, integers, strings, ranges, moreRanges, invalid, rows } = report;
  const counts = { integers: formatNumber(integers, locale), strings: formatNumber(strings, locale) };
  const shown = rows.slice(0, shownLines);
  return (
    <div className="grid gap-4 rounded-md border border-line p-4" aria-live="polite">
      <div className="grid grid-cols-3 gap-4">
        {(['added', 'known', 'ours'] as const).map((key) => (
          <Figure
            key={key}
            size="medium"
            label={t(`figures.${key}`)}
            value={formatNumber({ added, known, ours }[key], locale)}
          />
        ))}
      </div>
      <p className="text-sm wrap-anywhere text-muted">
        {ranges.length > 0
          ? t('scenes', { ...counts, ranges: formatRanges(ranges) })
          : t('scenesNoRanges', counts)}
        {moreRanges > 0 ? ` ${t('more', { count: moreRanges })}` : null}
      </p>
      {invalid > 0 ? (
        <>
          <Notice tone="error" title={t('faultyTitle', { count: invalid })}>
            {t('faultyText')}
          </Notice>
          <ul
            aria-label={t('faultyTitle', { count: invalid })}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by keyboard
            tabIndex={0}
            className="max-h-72 divide-y divide-line overflow-y-auto rounded-md border border-line"
          >
            {shown.map(({ line, errors }) => (
              <li key={line} className="flex gap-3 px-3 py-2">
                <CircleX aria-hidden className="mt-1 size-4 shrink-0 text-red" />
                <span className="w-24 shrink-0 font-semibold">{t('line', { line })}</span>
                <span className="min-w-0 text-pretty wrap-anywhere">
                  {errors.map((issue) => describeField(fields, issue)).join(' ')}
                </span>
              </li>
            ))}
          </ul>
          {invalid > shown.length ? (
            <p className="text-sm text-muted">{t('moreFaulty', { count: invalid - shown.length })}</p>
          ) : null}
        </>
      ) : (
        <>
          {ours > 0 ? <Notice tone="warning">{t('ours', { count: ours })}</Notice> : null}
          {added === 0 ? <p>{t('nothing')}</p> : known > 0 ? <p>{t('known')}</p> : null}
        </>
      )}
    </div>
  );
}
