'use client';

import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useMemo, useState } from 'react';
import { DrawnPreview } from '@/components/designs/drawn-preview';
import { PrintPreview } from '@/components/symbol/print-preview';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { notifyError } from '@/components/ui/toast';
import type { CodeDto } from '@/lib/codes/types';
import type { PrintDesignDto } from '@/lib/designs/types';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import { adviseDesign } from '@/lib/print/advise-design';
import { designDefaults } from '@/lib/print/design-schemas';
import { isRasterFormat, type PrintFormat, printFormats } from '@/lib/print/design-types';
import { imageDefaults, withQuery } from '@/lib/print/schemas';
import {
  checkPrintSize,
  type ErrorCorrection,
  encodeSymbol,
  errorCorrections,
  printBounds,
  printGeometry,
} from '@/lib/qr';
import { useDrawing } from '../../../print/_components/use-drawing';
import { CodeColumns } from './code-columns';
import { downloadImage } from './download-image';

/** Under this a phone at hand distance struggles (GS1: 0.396 mm). */
const COMFORTABLE_MODULE_MM = 0.4;

/** Scanning distance is about ten times the side: an industry rule, not ISO. */
const DISTANCE_PER_SIDE = 10;

export type ChoosableDesign = Pick<PrintDesignDto, 'id' | 'name' | 'settings' | 'isDefault'>;

/** What will be printed, as it will be printed, and the file of it. */
export function PrintPanel({
  code,
  url,
  timeZone,
  designs,
  facts,
  others,
}: {
  code: CodeDto;
  url: string;
  timeZone: string;
  designs: readonly ChoosableDesign[];
  /** The other cards of the page, which stand in the same two columns. */
  facts: ReactNode;
  others: ReactNode;
}) {
  const t = useTranslations('print');
  const router = useRouter();
  const common = useTranslations('common');
  const locale = useLocale();
  const proposed = designs.find(({ isDefault }) => isDefault) ?? null;
  const [format, setFormat] = useState<PrintFormat>(imageDefaults.format);
  const [designId, setDesignId] = useState(proposed?.id ?? '');
  const [mmText, setMmText] = useState(String(proposed?.settings.sizeMm ?? imageDefaults.mm));
  const [dpiText, setDpiText] = useState(String(proposed?.settings.dotsPerInch ?? imageDefaults.dpi));
  const [ecText, setEc] = useState<ErrorCorrection>(imageDefaults.ec);
  const [quietText, setQuietText] = useState(String(imageDefaults.quiet));
  const [isTemporaryOk, setTemporaryOk] = useState(false);
  const [pending, setPending] = useState(false);

  const chosen = designs.find(({ id }) => id === designId) ?? null;
  const choose = (id: string) => {
    const { settings } = designs.find((design) => design.id === id) ?? { settings: designDefaults };
    setDesignId(id);
    setMmText(String(settings.sizeMm));
    setDpiText(String(settings.dotsPerInch));
  };
  // A design says level and quiet zone itself; without one they are chosen here.
  const ec = chosen?.settings.errorCorrection ?? ecText;
  const mm = readNumber(mmText, printBounds.sizeMm);
  const dpi = readNumber(dpiText, printBounds.dotsPerInch, true);
  const quiet =
    chosen?.settings.quietZoneModules ?? readNumber(quietText, printBounds.quietZoneModules, true);
  const modules = useMemo(() => encodeSymbol(url, ec).size, [url, ec]);

  const isRaster = isRasterFormat(format);
  const isComplete = mm !== null && quiet !== null && (dpi !== null || !isRaster);
  const refusal = isComplete
    ? checkPrintSize({
        sizeMm: mm,
        dotsPerInch: isRaster ? dpi : null,
        ec,
        quietZoneModules: quiet,
        modules,
      })
    : null;
  const geometry = isComplete
    ? printGeometry({ sizeMm: mm, dotsPerInch: dpi ?? imageDefaults.dpi, modules, quietZoneModules: quiet })
    : null;
  const settings =
    isComplete && !refusal
      ? // A preview is a vector drawing, so that a resolution which suits the file alone does not refuse it.
        {
          ...withQuery(chosen?.settings ?? designDefaults, { mm, ec, quiet }),
          dotsPerInch: imageDefaults.dpi,
        }
      : null;
  const { drawing, isFetching, failure } = useDrawing(code.accountId, settings, code.id);
  const isTemporary = code.kind === 'temporary';
  const mayDownload = isComplete && !refusal && (!isTemporary || isTemporaryOk);
  const show = (value: number, digits = 1) => formatNumber(value, locale, digits);
  const fits = refusal && (refusal.reason === 'tooLarge' ? refusal.largestMm : refusal.smallestMm);
  const rangeError = ({ min, max }: { min: number; max: number }) => t('notANumber', { min, max });

  const download = async () => {
    if (!isComplete) return;
    setPending(true);
    const query = new URLSearchParams({
      format,
      mm: String(mm),
      ...(isRaster ? { dpi: String(dpi) } : {}),
      ...(chosen ? { design: chosen.id } : { ec, quiet: String(quiet) }),
      download: '1',
      ...(isTemporary ? { temporary: 'ok' } : {}),
      accountId: code.accountId,
    });
    const sentence = await downloadImage(`/api/codes/${code.id}/image?${query}`, locale, t('unreachable'));
    setPending(false);
    if (sentence) notifyError(sentence);
    // The list of this code's print files has one more.
    else router.refresh();
  };

  return (
    <CodeColumns
      facts={facts}
      others={others}
      preview={
        <Card>
          <DrawnPreview
            drawing={drawing}
            alt={common('symbolOf', { label: code.label })}
            stale={isFetching || settings === null}
            failure={settings === null ? null : failure}
            meanwhile={
              <PrintPreview
                url={url}
                label={code.label}
                errorCorrection={ec}
                quietZoneModules={quiet ?? imageDefaults.quiet}
              />
            }
          />
        </Card>
      }
      print={
        <Card title={t('title')}>
          <div className="grid gap-4">
            <Field
              label={t('design')}
              hint={
                designs.length > 0 ? undefined : (
                  <Link href="/print/designs/new" className="text-accent underline underline-offset-3">
                    {t('noDesigns')}
                  </Link>
                )
              }
            >
              <Select
                value={designId}
                onChange={(event) => choose(event.target.value)}
                options={[
                  { value: '', label: t('plain') },
                  ...designs.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            </Field>
            <Field label={t('format')} group>
              <RadioCards
                value={format}
                onValueChange={setFormat}
                options={printFormats.map((each) => ({
                  value: each,
                  title: t(each),
                  text: t(`${each}Text`),
                }))}
              />
            </Field>
            <div className="grid grid-cols-2 items-start gap-4">
              <Field
                label={t('sizeMm')}
                hint={t('sizeHint')}
                error={
                  mm === null
                    ? rangeError(printBounds.sizeMm)
                    : refusal && fits !== null
                      ? t(refusal.reason, { mm: show(fits) })
                      : undefined
                }
              >
                <Input
                  inputMode="decimal"
                  value={mmText}
                  trail={t('mm')}
                  onChange={(event) => setMmText(event.target.value)}
                />
              </Field>
              <Field
                label={t('dpi')}
                hint={isRaster ? t('dpiHint') : t('vector')}
                error={isRaster && dpi === null ? rangeError(printBounds.dotsPerInch) : undefined}
              >
                <Input
                  inputMode="numeric"
                  value={dpiText}
                  trail={t('dpiUnit')}
                  disabled={!isRaster}
                  onChange={(event) => setDpiText(event.target.value)}
                />
              </Field>
              {chosen ? null : (
                <>
                  <Field label={t('errorCorrection')} hint={t('ecHint')}>
                    <Select
                      value={ec}
                      onChange={(event) =>
                        setEc(
                          errorCorrections.find((level) => level === event.target.value) ?? imageDefaults.ec,
                        )
                      }
                      options={errorCorrections.map((level) => ({ value: level, label: t(`ec.${level}`) }))}
                    />
                  </Field>
                  <Field
                    label={t('quiet')}
                    hint={t('quietHint')}
                    error={quiet === null ? rangeError(printBounds.quietZoneModules) : undefined}
                  >
                    <Input
                      inputMode="numeric"
                      value={quietText}
                      trail={t('quietUnit')}
                      className="pr-16"
                      onChange={(event) => setQuietText(event.target.value)}
                    />
                  </Field>
                </>
              )}
            </div>
            {fits !== null ? (
              <Button
                variant="secondary"
                size="sm"
                className="justify-self-start"
                onClick={() => setMmText(String(fits))}
              >
                {t('useSize', { mm: show(fits) })}
              </Button>
            ) : null}

            {geometry && mm !== null && !refusal ? (
              <ul className="flex flex-wrap gap-x-4 gap-y-1 rounded-md bg-sunken px-3 py-2 text-sm">
                <li>{t('moduleSize', { mm: show(geometry.moduleMm, 2) })}</li>
                <li>{isRaster ? t('pixels', { side: geometry.sidePx }) : t('vector')}</li>
                {isRaster ? <li>{t('pxPerModule', { px: geometry.pxPerModule })}</li> : null}
                <li>{t('readingDistance', { cm: Math.round((mm * DISTANCE_PER_SIDE) / 10) })}</li>
              </ul>
            ) : null}
            {settings && geometry && geometry.moduleMm < COMFORTABLE_MODULE_MM ? (
              <Notice tone="warning">
                {t('moduleSmall', { mm: show(adviseDesign(settings, modules).smallestSensibleMm) })}
              </Notice>
            ) : null}
            {isTemporary && code.expiresAt ? (
              <Checkbox
                label={t('temporary', { when: formatDateTime(code.expiresAt, locale, timeZone) })}
                hint={t('temporaryHint')}
                checked={isTemporaryOk}
                onCheckedChange={(checked) => setTemporaryOk(checked === true)}
              />
            ) : null}
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Button disabled={!mayDownload} pending={pending} onClick={download}>
                <Download aria-hidden />
                {t('download', { format: format.toUpperCase() })}
              </Button>
              <p className="text-sm text-muted">{t('proved')}</p>
            </div>
          </div>
        </Card>
      }
    />
  );
}

/** @returns null when it is no number within the bounds */
function readNumber(text: string, { min, max }: { min: number; max: number }, whole = false): number | null {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !(value >= min && value <= max)) return null;
  return whole && !Number.isInteger(value) ? null : value;
}
