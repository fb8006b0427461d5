'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import type { CodeKind } from '@/lib/codes/types';

/** `reuse`: the scene of an archived code, whose slot the new one takes over. */
export type SceneChoice = {
  mode: 'next' | 'id' | 'str' | 'reuse';
  id: string;
  str: string;
  archived: string;
};

/** Behind "Advanced": a scene value of one's own instead of the next free one. */
export function SceneFields({
  kind,
  value,
  onChange,
  error,
}: {
  kind: CodeKind;
  value: SceneChoice;
  onChange: (value: SceneChoice) => void;
  error?: string;
}) {
  const t = useTranslations('codes.new');
  const reuse = useTranslations('quotaRules.reuse');
  return (
    <details
      className="group rounded-md border border-line"
      open={error || value.mode === 'reuse' ? true : undefined}
    >
      <summary className="flex h-10 list-none items-center gap-2 px-3 font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 text-muted transition-transform group-open:rotate-90" />
        {t('advanced')}
      </summary>
      <div className="grid gap-4 border-t border-line p-3 sm:p-4">
        <Field label={t('scene')} group>
          <RadioCards
            columns={2}
            value={value.mode}
            onValueChange={(mode) => onChange({ ...value, mode })}
            options={[
              { value: 'next', title: t('sceneNext'), text: t('sceneNextText') },
              { value: 'id', title: t('sceneId'), text: t('sceneIdText') },
              { value: 'str', title: t('sceneStr'), text: t('sceneStrText') },
              {
                value: 'reuse',
                title: reuse('mode'),
                text: kind === 'permanent' ? reuse('modeText') : reuse('notPermanent'),
                disabled: kind !== 'permanent',
              },
            ]}
          />
        </Field>
        {value.mode === 'id' ? (
          <Field
            label={t('sceneIdLabel')}
            hint={kind === 'permanent' ? t('sceneIdHintPermanent') : t('sceneIdHintTemporary')}
            error={error}
            required
          >
            <Input
              inputMode="numeric"
              value={value.id}
              className="sm:w-64"
              onChange={(event) => onChange({ ...value, id: event.target.value })}
            />
          </Field>
        ) : null}
        {value.mode === 'str' ? (
          <Field label={t('sceneStrLabel')} hint={t('sceneStrHint')} error={error} required>
            <Input
              value={value.str}
              className="font-mono"
              onChange={(event) => onChange({ ...value, str: event.target.value })}
            />
          </Field>
        ) : null}
        {value.mode === 'reuse' ? (
          <>
            <Field label={reuse('label')} hint={reuse('hint')} error={error} required>
              <Input
                value={value.archived}
                className="font-mono sm:w-64"
                onChange={(event) => onChange({ ...value, archived: event.target.value })}
              />
            </Field>
            <Notice tone="warning" title={reuse('warning')}>
              {reuse('warningText')}
            </Notice>
          </>
        ) : null}
        {value.mode === 'next' && error ? <p className="text-sm text-red">{error}</p> : null}
      </div>
    </details>
  );
}
