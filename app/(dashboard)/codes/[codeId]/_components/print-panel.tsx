'use client';

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useMemo, useState } from 'react';
import { PrintPreview } from '@/components/symbol/print-preview';
import { CalibrateButton, useScreenScale } from '@/components/symbol/screen-scale';
import { type ShownSize, SizeSwitch } from '@/components/symbol/size-switch';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { notifyError } from '@/components/ui/toast';
import type { CodeDto } from '@/lib/codes/types';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import type { PrintFormat } from '@/lib/print/design-types';
import { imageDefaults } from '@/lib/print/schemas';
import {
  checkPrintSize,
  type ErrorCorrection,
  encodeSymbol,
  errorCorrections,
  printBounds,
  printGeometry,
} from '@/lib/qr';
import { CodeColumns } from './code-columns';
import { downloadImage } from './download-image';

/** Under this a phone at hand distance struggles (GS1: 0.396 mm). */
const COMFORTABLE_MODULE_MM = 0.4;

/** Scanning distance is about ten times the side: an industry rule, not ISO. */
const DISTANCE_PER_SIDE = 10;

/** What will be printed, as it will be printed, and the file of it. */
export function PrintPanel({
  code,
  url,
  timeZone,
  facts,
  others,
}: {
  code: CodeDto;
  url: string;
  timeZone: string;
  /** The other cards of the page, which stand in the same two columns. */
  facts: ReactNode;
  others: ReactNode;
}) {
  const t = useTranslations('print');
  const locale = useLocale();
  const [format, setFormat] = useState<PrintFormat>(imageDefaults.format);
  const [mmText, setMmText] = useState(String(imageDefaults.mm));
  const [dpiText, setDpiText] = useState(String(imageDefaults.dpi));
  const [ec, setEc] = useState<ErrorCorrection>(imageDefaults.ec);
  const [quietText, setQuietText] = useState(String(imageDefaults.quiet));
  const [isTemporaryOk, setTemporaryOk] = useState(false);
  const [view, setView] = useState<ShownSize>('large');
  const [pending, setPending] = useState(false);
  const { pxPerMm, isCalibrated, calibrate } = useScreenScale();

  const mm = readNumber(mmText, printBounds.sizeMm);
  const dpi = readNumber(dpiText, printBounds.dotsPerInch, true);
  const quiet = readNumber(quietText, printBounds.quietZoneModules, true);
  const modules = useMemo(() => encodeSymbol(url, ec).size, [url, ec]);

  const isRaster = format === 'png';
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
      ec,
      quiet: String(quiet),
      download: '1',
      ...(isTemporary ? { temporary: 'ok' } : {}),
      accountId: code.accountId,
    });
    const sentence = await downloadImage(`/api/codes/${code.id}/image?${query}`, locale, t('unreachable'));
    setPending(false);
    if (sentence) notifyError(sentence);
  };

  return (
    <CodeColumns
      facts={facts}
      others={others}
      preview={
        <Card>
          <SizeSwitch value={view} onChange={setView} />
          <div className="mt-4 grid place-items-center overflow-auto rounded-md border border-line bg-sunken p-4">
            <div
              className="max-w-none bg-white"
              style={
                view === 'trueSize' && mm !== null ? { width: mm * pxPerMm } : { width: 'min(100%, 22rem)' }
              }
            >
              <PrintPreview
                url={url}
                label={code.label}
                errorCorrection={ec}
                quietZoneModules={quiet ?? imageDefaults.quiet}
              />
            </div>
          </div>
          {view === 'trueSize' && mm !== null ? (
            <div className="mt-2 text-sm text-pretty text-muted">
              {isCalibrated ? t('preview.calibrated') : t('preview.trueSizeNote', { mm: show(mm) })}{' '}
              <CalibrateButton pxPerMm={pxPerMm} onCalibrate={calibrate} />
            </div>
          ) : null}
        </Card>
      }
      print={
        <Card title={t('title')}>
          <div className="grid gap-4">
            <Field label={t('format')} group>
              <RadioCards
                value={format}
                onValueChange={setFormat}
                options={[
                  { value: 'png', title: t('png'), text: t('pngText') },
                  { value: 'svg', title: t('svg'), text: t('svgText') },
                ]}
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
              <Field label={t('errorCorrection')} hint={t('ecHint')}>
                <Select
                  value={ec}
                  onChange={(event) =>
                    setEc(errorCorrections.find((level) => level === event.target.value) ?? imageDefaults.ec)
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
            {geometry && quiet !== null && !refusal && geometry.moduleMm < COMFORTABLE_MODULE_MM ? (
              <Notice tone="warning">
                {t('moduleSmall', {
                  mm: show(Math.ceil((modules + 2 * quiet) * COMFORTABLE_MODULE_MM * 10) / 10),
                })}
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
