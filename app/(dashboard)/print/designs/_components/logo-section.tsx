'use client';

import { ImageUp, Trash2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/class-names';
import { Field } from '@/components/ui/field';
import { logoBounds, logoContentTypes } from '@/lib/designs/logo-bounds';
import type { LogoDto } from '@/lib/designs/types';
import { largestLogoPercent } from '@/lib/print/check-design';
import { designBounds } from '@/lib/print/design-schemas';
import type { SectionProps } from './section-props';

const DEFAULT_PERCENT = 18;
const MEGABYTE = 1_048_576;

/** A picture in the middle: dropped or chosen, judged by the server, and never larger than error correction bears. */
export function LogoSection({
  accountId,
  draft,
  onChange,
  errorOf,
  disabled,
}: SectionProps & { accountId: string }) {
  const t = useTranslations('designs.form');
  const print = useTranslations('print');
  const locale = useLocale();
  const inputRef = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const { logo } = draft;
  const largest = Math.min(designBounds.logoPercent.max, largestLogoPercent('H'));

  const take = async (file: File | undefined) => {
    if (!file || disabled) return;
    setFailure(null);
    if (file.size > logoBounds.maxBytes) {
      setFailure(t('logoTooManyBytes', { mb: logoBounds.maxBytes / MEGABYTE }));
      return;
    }
    setPending(true);
    const answer = await upload(accountId, file, locale);
    setPending(false);
    if ('sentence' in answer) {
      setFailure(answer.sentence ?? print('unreachable'));
      return;
    }
    const sizePercent = logo?.sizePercent ?? Math.min(DEFAULT_PERCENT, largest);
    onChange({ logo: { id: answer.id, sizePercent }, errorCorrection: 'H' });
  };

  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      void take(event.dataTransfer.files[0]);
    },
  };

  return (
    <Card title={t('logoTitle')} text={t('logoText')}>
      <div className="grid gap-4">
        <Field
          label={t('logo')}
          hint={t('logoHint', { mb: logoBounds.maxBytes / MEGABYTE, px: logoBounds.maxSidePx })}
          error={failure ?? errorOf('logo.id')}
          group
        >
          <div
            {...drop}
            className={cn(
              'flex flex-wrap items-center gap-3 rounded-md border border-dashed border-line-strong p-3',
              isOver && 'border-accent bg-accent-soft',
            )}
          >
            {logo ? (
              // biome-ignore lint/performance/noImgElement: a small picture of the account's own
              <img
                src={`/api/designs/logos/${logo.id}?${new URLSearchParams({ accountId })}`}
                alt={t('logoAlt')}
                className="size-14 rounded-sm border border-line bg-white object-contain p-1"
              />
            ) : null}
            <input
              ref={inputRef}
              type="file"
              accept={logoContentTypes.join(',')}
              className="sr-only"
              tabIndex={-1}
              aria-hidden
              onChange={(event) => {
                void take(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
            <Button
              variant="secondary"
              size="sm"
              pending={pending}
              disabled={disabled}
              onClick={() => inputRef.current?.click()}
            >
              <ImageUp aria-hidden />
              {logo ? t('logoReplace') : t('logoChoose')}
            </Button>
            {logo ? (
              <Button
                variant="quiet"
                size="sm"
                disabled={disabled}
                onClick={() => onChange({ logo: null, errorCorrection: 'Q' })}
              >
                <Trash2 aria-hidden />
                {t('logoRemove')}
              </Button>
            ) : (
              <span className="text-sm text-muted">{t('logoDrop')}</span>
            )}
          </div>
        </Field>
        {logo ? (
          <Field
            label={t('logoSize', { percent: logo.sizePercent })}
            hint={t('logoSizeHint', { percent: largest })}
            error={errorOf('logo.sizePercent')}
            group
          >
            <input
              type="range"
              aria-label={t('logoSizeLabel')}
              min={designBounds.logoPercent.min}
              max={largest}
              step={1}
              value={logo.sizePercent}
              disabled={disabled}
              onChange={(event) => onChange({ logo: { ...logo, sizePercent: Number(event.target.value) } })}
              className="w-full accent-accent"
            />
          </Field>
        ) : null}
      </div>
    </Card>
  );
}

/** @returns the logo as it is kept, or the sentence of a refusal; null in it: the server was not reached */
async function upload(
  accountId: string,
  file: File,
  locale: string,
): Promise<LogoDto | { sentence: string | null }> {
  const response = await fetch(`/api/designs/logos?${new URLSearchParams({ accountId })}`, {
    method: 'POST',
    body: file,
    headers: { 'accept-language': locale, 'content-type': 'application/octet-stream' },
  }).catch(() => null);
  const answer: { detail?: string; fields?: { message: string }[] } & Partial<LogoDto> = await response
    ?.json()
    .catch(() => ({}));
  if (response?.ok && answer.id)
    return { id: answer.id, widthPx: answer.widthPx ?? 0, heightPx: answer.heightPx ?? 0 };
  return { sentence: answer?.fields?.[0]?.message ?? answer?.detail ?? null };
}
