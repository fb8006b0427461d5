'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { codeKinds } from '@/lib/codes/types';
import type { ExportQueryInput } from '@/lib/exports/schemas';
import { toSheetQuery } from '@/lib/exports/sheet-query';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { isRasterFormat, printFormats } from '@/lib/print/design-types';
import type { SheetSettings } from '@/lib/print/sheet-types';
import { countExportAction, previewExportAction } from '../actions';
import { draftFor, type SheetDraft, sheetIssuesOf, toSheetSettings } from './sheet-draft';
import { SheetFields } from './sheet-fields';
import { packings, studioParsers } from './studio-parsers';
import { StudioResult } from './studio-result';
import { useSettled } from './use-drawing';

export type StudioDesign = {
  id: string;
  name: string;
  isDefault: boolean;
  sizeMm: number;
  dotsPerInch: number;
  sheet: SheetSettings | null;
};

const plainSize = { sizeMm: 50, dotsPerInch: 600 };

/** Which codes, how they are printed, and what comes of it. */
export function Studio({
  accountId,
  timeZone,
  now,
  mayWrite,
  designs,
  posters,
  campaigns,
}: {
  accountId: string;
  timeZone: string;
  now: string;
  mayWrite: boolean;
  designs: readonly StudioDesign[];
  posters: readonly { id: string; name: string }[];
  campaigns: readonly { id: string; name: string }[];
}) {
  const t = useTranslations('exports.studio');
  const codes = useTranslations('codes');
  const units = useTranslations('print');
  const onPoster = useTranslations('posters.studio');
  const { fieldSentencesOf } = useErrorSentences();
  const [chosen, setChosen] = useQueryStates(studioParsers, { history: 'replace' });
  const fallback = designs.find(({ isDefault }) => isDefault)?.id ?? '';
  const designId = chosen.design ?? fallback;
  const design = designs.find(({ id }) => id === designId);
  const poster = posters.find(({ id }) => id === chosen.poster);
  const { sizeMm, dotsPerInch } = design ?? plainSize;
  const [size, setSize] = useState<{ mm: string; dpi: string }>({ mm: '', dpi: '' });
  const [onSheet, setOnSheet] = useState<Partial<SheetDraft>>({});
  const packing = poster || chosen.as === 'zip' ? null : chosen.as;
  const sheetDraft = packing && { ...draftFor(packing, design?.sheet ?? null), ...onSheet };
  const sheet = sheetDraft && toSheetSettings(sheetDraft);
  const [name, setName] = useState('{label}-{channel}-{scene}');

  const number = (text: string, otherwise: number) =>
    text.trim() === '' ? otherwise : Number(text.replace(',', '.'));
  const query: ExportQueryInput = {
    ...(chosen.ids.length > 0 ? { ids: chosen.ids } : {}),
    ...(chosen.batchId ? { batchId: chosen.batchId } : {}),
    ...(chosen.q ? { q: chosen.q } : {}),
    ...(chosen.campaignId ? { campaignId: chosen.campaignId } : {}),
    ...(chosen.channelId ? { channelId: chosen.channelId } : {}),
    ...(chosen.kind ? { kind: chosen.kind } : {}),
    ...(chosen.status ? { status: chosen.status } : {}),
    ...(chosen.usableUntil ? { usableUntil: chosen.usableUntil } : {}),
    ...(designId ? { design: designId } : {}),
    format: chosen.format,
    ...(poster
      ? ({ poster: poster.id, as: 'zip' } as const)
      : ({ as: packing === null ? 'zip' : 'pdf' } as const)),
    ...(sheet ? toSheetQuery(sheet) : {}),
    mm: number(size.mm, sizeMm),
    dpi: number(size.dpi, dotsPerInch),
    name,
  };
  const asked = useSettled(JSON.stringify(query), 250);
  const preview = useQuery({
    queryKey: ['export preview', accountId, asked],
    queryFn: () => previewExportAction({ accountId, query: JSON.parse(asked) as ExportQueryInput }),
    placeholderData: keepPreviousData,
  });
  // Known at once; the drawings come after.
  const count = useQuery({
    queryKey: ['export count', accountId, asked],
    queryFn: () => countExportAction({ accountId, query: JSON.parse(asked) as ExportQueryInput }),
    placeholderData: keepPreviousData,
  });
  const sheetIssues = sheet ? sheetIssuesOf(sheet) : [];
  const sheetSentences = fieldSentencesOf({ code: 'VALIDATION_FAILED', details: { fields: sheetIssues } });
  const isStale = asked !== JSON.stringify(query);
  const isPicked = chosen.ids.length > 0;

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[1fr_24rem]">
      <div className="grid gap-4">
        <Card title={t('which')}>
          {isPicked || chosen.batchId ? (
            <div className="flex flex-wrap items-center justify-between gap-2">
              <p>{isPicked ? t('ticked', { count: chosen.ids.length }) : t('fromBatch')}</p>
              <Button variant="secondary" size="sm" onClick={() => setChosen({ ids: null, batchId: null })}>
                {t('allCodes')}
              </Button>
            </div>
          ) : (
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label={t('search')} className="sm:col-span-2">
                <Input
                  type="search"
                  value={chosen.q}
                  onChange={(event) => setChosen({ q: event.target.value || null })}
                />
              </Field>
              <Field label={t('campaign')}>
                <Select
                  value={chosen.campaignId ?? ''}
                  placeholder={t('anyCampaign')}
                  onChange={(event) => setChosen({ campaignId: event.target.value || null })}
                  options={campaigns.map(({ id, name: label }) => ({ value: id, label }))}
                />
              </Field>
              <Field label={t('kind')}>
                <Select
                  value={chosen.kind ?? ''}
                  placeholder={t('anyKind')}
                  onChange={(event) =>
                    setChosen({ kind: codeKinds.find((kind) => kind === event.target.value) ?? null })
                  }
                  options={codeKinds.map((kind) => ({ value: kind, label: codes(`kind.${kind}`) }))}
                />
              </Field>
            </div>
          )}
          <Field label={t('usableUntil')} hint={t('usableUntilHint')} optional className="mt-4 sm:max-w-64">
            <Input
              type="date"
              value={chosen.usableUntil ?? ''}
              onChange={(event) => setChosen({ usableUntil: event.target.value || null })}
            />
          </Field>
        </Card>
        {poster ? (
          <Notice title={onPoster('on', { name: poster.name })}>
            <p>{onPoster('text')}</p>
            <Button
              variant="secondary"
              size="sm"
              className="mt-2"
              onClick={() => setChosen({ poster: null })}
            >
              {onPoster('off')}
            </Button>
          </Notice>
        ) : null}
        <Card title={t('how')}>
          <Field label={t('as')} group className="mb-4">
            <RadioCards
              columns={3}
              value={chosen.as}
              onValueChange={(as) => {
                setOnSheet({});
                setChosen({ as });
              }}
              options={packings.map((as) => ({ value: as, title: t(as), text: t(`${as}Text`) }))}
            />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('design')}>
              <Select
                value={designId}
                placeholder={t('plain')}
                onChange={(event) => {
                  setSize({ mm: '', dpi: '' });
                  setOnSheet({});
                  setChosen({ design: event.target.value });
                }}
                options={designs.map(({ id, name: label }) => ({ value: id, label }))}
              />
            </Field>
            {chosen.as === 'zip' ? (
              <Field label={t('format')}>
                <Select
                  value={chosen.format}
                  onChange={(event) =>
                    setChosen({
                      format: printFormats.find((format) => format === event.target.value) ?? 'png',
                    })
                  }
                  options={printFormats.map((format) => ({ value: format, label: t(`formats.${format}`) }))}
                />
              </Field>
            ) : null}
            <Field label={t('mm')}>
              <Input
                inputMode="decimal"
                trail={units('mm')}
                value={size.mm || String(sizeMm)}
                onChange={(event) => setSize({ ...size, mm: event.target.value })}
              />
            </Field>
            {chosen.as === 'zip' && isRasterFormat(chosen.format) ? (
              <Field label={t('dpi')}>
                <Input
                  inputMode="numeric"
                  trail={units('dpiUnit')}
                  value={size.dpi || String(dotsPerInch)}
                  onChange={(event) => setSize({ ...size, dpi: event.target.value })}
                />
              </Field>
            ) : null}
            {chosen.as === 'zip' ? (
              <Field label={t('name')} hint={t('nameHint')} className="sm:col-span-2">
                <Input value={name} onChange={(event) => setName(event.target.value)} />
              </Field>
            ) : null}
          </div>
          <p className="mt-3 text-sm">
            <Link href="/print/designs" className="underline underline-offset-3">
              {t('manageDesigns')}
            </Link>
          </p>
        </Card>
        {sheetDraft && sheet ? (
          <Card title={t('sheetTitle')} text={t(packing === 'single' ? 'singleSheetText' : 'sheetSheetText')}>
            <SheetFields
              draft={sheetDraft}
              kinds={packing === 'single' ? [] : ['grid', 'stock']}
              numbers={packing === 'single' ? ['bleedMm', 'copies'] : ['bleedMm', 'copies', 'startAt']}
              onChange={(change) => setOnSheet({ ...onSheet, ...change })}
              errorOf={(field) => sheetSentences[field]}
            />
          </Card>
        ) : null}
      </div>
      <StudioResult
        accountId={accountId}
        query={query}
        count={count.data ?? null}
        preview={preview.isPlaceholderData ? null : (preview.data ?? null)}
        stale={isStale || count.isPlaceholderData}
        timeZone={timeZone}
        now={now}
        mayWrite={mayWrite}
      />
    </div>
  );
}
