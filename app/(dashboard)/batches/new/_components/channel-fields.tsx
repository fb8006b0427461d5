'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { maxTemplateCharacters } from '@/lib/batches/limits';
import type { ChannelPlacesDto } from '@/lib/channels/types';

export type ChannelPick = { q: string; city: string; region: string };

/** Which channels get a code each, and what the codes are called. */
export function ChannelFields({
  value,
  onChange,
  places,
  template,
  onTemplateChange,
  templateError,
  error,
}: {
  value: ChannelPick;
  onChange: (value: ChannelPick) => void;
  places: ChannelPlacesDto;
  template: string;
  onTemplateChange: (template: string) => void;
  templateError?: string;
  error?: string;
}) {
  const t = useTranslations('batches.new');
  if (places.channels === 0) return <Notice>{t('channels.none')}</Notice>;
  const options = (names: ChannelPlacesDto['cities']) => [
    { value: '', label: t('channels.allCount', { count: places.channels }) },
    ...names.map(({ name, channels }) => ({
      value: name,
      label: t('channels.place', { name, count: channels }),
    })),
  ];
  return (
    <div className="grid gap-6">
      <p className="text-muted">{t('channels.text')}</p>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t('channels.city')}>
          <Select
            value={value.city}
            onChange={(event) => onChange({ ...value, city: event.target.value })}
            options={options(places.cities)}
          />
        </Field>
        <Field label={t('channels.region')}>
          <Select
            value={value.region}
            onChange={(event) => onChange({ ...value, region: event.target.value })}
            options={options(places.regions)}
          />
        </Field>
        <Field label={t('channels.q')} hint={t('channels.qHint')} error={error} optional>
          <Input value={value.q} onChange={(event) => onChange({ ...value, q: event.target.value })} />
        </Field>
      </div>
      <Field label={t('template')} error={templateError} required className="sm:max-w-96">
        <Input
          value={template}
          maxLength={maxTemplateCharacters}
          onChange={(event) => onTemplateChange(event.target.value)}
        />
      </Field>
    </div>
  );
}
