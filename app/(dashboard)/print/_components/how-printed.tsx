'use client';

import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { isRasterFormat, printFormats } from '@/lib/print/design-types';
import { packings, type StudioChange, type StudioChoice } from './studio-parsers';

/** As they are typed; null: those of the design. */
export type StudioSize = { mm: string | null; dpi: string | null };

/** In which files, in which design and size, and under which names. */
export function HowPrinted({
  chosen,
  designId,
  designs,
  posters,
  isOnPoster,
  size,
  ofDesign,
  name,
  onChoose,
  onSize,
  onName,
}: {
  chosen: Pick<StudioChoice, 'as' | 'format' | 'merge' | 'poster'>;
  designId: string;
  designs: readonly { id: string; name: string }[];
  posters: readonly { id: string; name: string }[];
  isOnPoster: boolean;
  size: StudioSize;
  /** Size and resolution that the design has. */
  ofDesign: { sizeMm: number; dotsPerInch: number };
  name: string;
  onChoose: (change: StudioChange) => void;
  onSize: (size: StudioSize) => void;
  onName: (name: string) => void;
}) {
  const t = useTranslations('exports.studio');
  const units = useTranslations('print');
  const onPoster = useTranslations('posters.studio');
  const isZip = chosen.as === 'zip' || isOnPoster;
  const hasFormat = isZip && !isOnPoster;
  return (
    <Card title={t('how')}>
      <div className="grid gap-4">
        {posters.length > 0 ? (
          <Field label={onPoster('field')} hint={isOnPoster ? onPoster('text') : undefined}>
            <Select
              value={isOnPoster ? (chosen.poster ?? '') : ''}
              placeholder={onPoster('off')}
              onChange={(event) => onChoose({ poster: event.target.value || null })}
              options={posters.map(({ id, name: label }) => ({ value: id, label }))}
            />
          </Field>
        ) : null}
        {isOnPoster ? null : (
          <Field label={t('as')} group>
            <RadioCards
              columns={3}
              value={chosen.as}
              onValueChange={(as) => onChoose({ as })}
              options={packings.map((as) => ({ value: as, title: t(as), text: t(`${as}Text`) }))}
            />
          </Field>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('design')}>
            <Select
              value={designId}
              placeholder={t('plain')}
              onChange={(event) => onChoose({ design: event.target.value })}
              options={designs.map(({ id, name: label }) => ({ value: id, label }))}
            />
          </Field>
          {hasFormat ? (
            <Field label={t('format')}>
              <Select
                value={chosen.format}
                onChange={(event) =>
                  onChoose({ format: printFormats.find((format) => format === event.target.value) ?? null })
                }
                options={printFormats.map((format) => ({ value: format, label: t(`formats.${format}`) }))}
              />
            </Field>
          ) : null}
          {isOnPoster ? null : (
            <Field label={t('mm')}>
              <Input
                inputMode="decimal"
                trail={units('mm')}
                value={size.mm ?? String(ofDesign.sizeMm)}
                onChange={(event) => onSize({ ...size, mm: event.target.value })}
              />
            </Field>
          )}
          {hasFormat && isRasterFormat(chosen.format) ? (
            <Field label={t('dpi')}>
              <Input
                inputMode="numeric"
                trail={units('dpiUnit')}
                value={size.dpi ?? String(ofDesign.dotsPerInch)}
                onChange={(event) => onSize({ ...size, dpi: event.target.value })}
              />
            </Field>
          ) : null}
          {isZip ? (
            <Field label={t('name')} hint={t('nameHint')} className="sm:col-span-2">
              <Input value={name} onChange={(event) => onName(event.target.value)} />
            </Field>
          ) : null}
        </div>
        {hasFormat ? (
          <Merge
            isWanted={chosen.merge === 'indesign'}
            onWant={(isWanted) => onChoose({ merge: isWanted ? 'indesign' : null })}
          />
        ) : null}
        <p className="text-sm">
          <Link href="/print/designs" className="underline underline-offset-3">
            {t('manageDesigns')}
          </Link>
        </p>
      </div>
    </Card>
  );
}

/** For a shop that sets variable data itself: the table beside the pictures, and how it is used. */
function Merge({ isWanted, onWant }: { isWanted: boolean; onWant: (isWanted: boolean) => void }) {
  const t = useTranslations('exports.studio.merge');
  return (
    <div>
      <Checkbox
        label={t('label')}
        hint={t('hint')}
        checked={isWanted}
        onCheckedChange={(checked) => onWant(checked === true)}
      />
      {isWanted ? (
        <ol className="mt-3 ml-7.5 grid list-decimal gap-1 rounded-md bg-sunken py-2.5 pr-3 pl-8 text-sm">
          <li>{t('unpack')}</li>
          <li>{t('place')}</li>
        </ol>
      ) : null}
    </div>
  );
}
