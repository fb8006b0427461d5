'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { codeKinds } from '@/lib/codes/types';
import type { StudioChange, StudioChoice } from './studio-parsers';

/** Those that were ticked, those of a batch, or what a filter finds; and until when they have to be of use. */
export function WhichCodes({
  chosen,
  onChoose,
  campaigns,
  tags,
}: {
  chosen: StudioChoice;
  onChoose: (change: StudioChange) => void;
  campaigns: readonly { id: string; name: string }[];
  tags: readonly { id: string; name: string }[];
}) {
  const t = useTranslations('exports.studio');
  const codes = useTranslations('codes');
  const settled =
    chosen.ids.length > 0
      ? t('ticked', { count: chosen.ids.length })
      : chosen.batchId
        ? t('fromBatch')
        : chosen.channelId || chosen.status
          ? t('narrowed')
          : null;
  return (
    <Card title={t('which')}>
      {settled ? (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p>{settled}</p>
          <Button
            variant="secondary"
            size="sm"
            onClick={() => onChoose({ ids: null, batchId: null, channelId: null, status: null })}
          >
            {t('allCodes')}
          </Button>
        </div>
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('search')} className="sm:col-span-2">
            <Input
              type="search"
              value={chosen.q}
              onChange={(event) => onChoose({ q: event.target.value || null })}
            />
          </Field>
          <Field label={t('campaign')}>
            <Select
              value={chosen.campaignId ?? ''}
              placeholder={t('anyCampaign')}
              onChange={(event) => onChoose({ campaignId: event.target.value || null })}
              options={campaigns.map(({ id, name: label }) => ({ value: id, label }))}
            />
          </Field>
          {tags.length > 0 ? (
            <Field label={t('tag')}>
              <Select
                value={chosen.tagId ?? ''}
                placeholder={t('anyTag')}
                onChange={(event) => onChoose({ tagId: event.target.value || null })}
                options={tags.map(({ id, name: label }) => ({ value: id, label }))}
              />
            </Field>
          ) : null}
          <Field label={t('kind')}>
            <Select
              value={chosen.kind ?? ''}
              placeholder={t('anyKind')}
              onChange={(event) =>
                onChoose({ kind: codeKinds.find((kind) => kind === event.target.value) ?? null })
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
          onChange={(event) => onChoose({ usableUntil: event.target.value || null })}
        />
      </Field>
    </Card>
  );
}
