'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { Card } from '@/components/ui/card';
import type { ExportQueryInput } from '@/lib/exports/schemas';
import { toSheetQuery } from '@/lib/exports/sheet-query';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { SheetSettings } from '@/lib/print/sheet-types';
import { countExportAction, previewExportAction } from '../actions';
import { HowPrinted, type StudioSize } from './how-printed';
import { draftFor, readNumber, type SheetDraft, sheetIssuesOf, toSheetSettings } from './sheet-draft';
import { SheetFields } from './sheet-fields';
import { type StudioChange, studioParsers } from './studio-parsers';
import { StudioResult } from './studio-result';
import { useSettled } from './use-drawing';
import { WhichCodes } from './which-codes';

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
  tags,
}: {
  accountId: string;
  timeZone: string;
  now: string;
  mayWrite: boolean;
  designs: readonly StudioDesign[];
  posters: readonly { id: string; name: string }[];
  campaigns: readonly { id: string; name: string }[];
  tags: readonly { id: string; name: string }[];
}) {
  const t = useTranslations('exports.studio');
  const { fieldSentencesOf } = useErrorSentences();
  const [chosen, setChosen] = useQueryStates(studioParsers, { history: 'replace' });
  const fallback = designs.find(({ isDefault }) => isDefault)?.id ?? '';
  const designId = chosen.design ?? fallback;
  const design = designs.find(({ id }) => id === designId);
  const poster = posters.find(({ id }) => id === chosen.poster);
  const { sizeMm, dotsPerInch } = design ?? plainSize;
  const [size, setSize] = useState<StudioSize>({ mm: null, dpi: null });
  const [onSheet, setOnSheet] = useState<Partial<SheetDraft>>({});
  const packing = poster || chosen.as === 'zip' ? null : chosen.as;
  const sheetDraft = packing && { ...draftFor(packing, design?.sheet ?? null), ...onSheet };
  const sheet = sheetDraft && toSheetSettings(sheetDraft);
  const [name, setName] = useState('{label}-{channel}-{scene}');

  const choose = (change: StudioChange) => {
    // Another design has its own size and sheet; another way to pack, its own sheet.
    if (change.design !== undefined) setSize({ mm: null, dpi: null });
    if (change.design !== undefined || change.as !== undefined) setOnSheet({});
    setChosen(change);
  };
  const query: ExportQueryInput = {
    ...(chosen.ids.length > 0 ? { ids: chosen.ids } : {}),
    ...(chosen.batchId ? { batchId: chosen.batchId } : {}),
    ...(chosen.q ? { q: chosen.q } : {}),
    ...(chosen.campaignId ? { campaignId: chosen.campaignId } : {}),
    ...(chosen.channelId ? { channelId: chosen.channelId } : {}),
    ...(chosen.tagId ? { tagId: chosen.tagId } : {}),
    ...(chosen.kind ? { kind: chosen.kind } : {}),
    ...(chosen.status ? { status: chosen.status } : {}),
    ...(chosen.usableUntil ? { usableUntil: chosen.usableUntil } : {}),
    ...(designId ? { design: designId } : {}),
    format: chosen.format,
    ...(poster
      ? ({ poster: poster.id, as: 'zip' } as const)
      : ({ as: packing === null ? 'zip' : 'pdf' } as const)),
    ...(sheet ? toSheetQuery(sheet) : {}),
    ...(chosen.merge && packing === null && !poster ? { merge: chosen.merge } : {}),
    mm: size.mm === null ? sizeMm : readNumber(size.mm),
    dpi: size.dpi === null ? dotsPerInch : readNumber(size.dpi),
    name,
  };
  const asked = useSettled(JSON.stringify(query), 250);
  // Known at once; the drawings come after: a browser's actions are answered one after the other.
  const count = useQuery({
    queryKey: ['export count', accountId, asked],
    queryFn: () => countExportAction({ accountId, query: JSON.parse(asked) as ExportQueryInput }),
    placeholderData: keepPreviousData,
  });
  const preview = useQuery({
    queryKey: ['export preview', accountId, asked],
    queryFn: () => previewExportAction({ accountId, query: JSON.parse(asked) as ExportQueryInput }),
    placeholderData: keepPreviousData,
  });
  const sheetIssues = sheet ? sheetIssuesOf(sheet) : [];
  const sheetSentences = fieldSentencesOf({ code: 'VALIDATION_FAILED', details: { fields: sheetIssues } });
  const isStale = asked !== JSON.stringify(query);

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[1fr_24rem]">
      <div className="grid gap-4">
        <WhichCodes chosen={chosen} onChoose={setChosen} campaigns={campaigns} tags={tags} />
        <HowPrinted
          chosen={chosen}
          designId={designId}
          designs={designs}
          posters={posters}
          isOnPoster={poster !== undefined}
          size={size}
          ofDesign={{ sizeMm, dotsPerInch }}
          name={name}
          onChoose={choose}
          onSize={setSize}
          onName={setName}
        />
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
        onSize={(mm) => setSize({ ...size, mm: String(mm) })}
      />
    </div>
  );
}
