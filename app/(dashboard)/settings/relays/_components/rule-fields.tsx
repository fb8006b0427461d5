'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { Textarea } from '@/components/ui/textarea';
import { messageTypes, rareEvents, usualEvents } from '@/lib/relays/types';
import type { RelayDraft } from './relay-draft';
import { SceneRulesField } from './scene-rules-field';

const toggled = (all: readonly string[], one: string, isOn: boolean) =>
  isOn ? [...all, one] : all.filter((each) => each !== one);

/** Which pushes a system gets: all, or those that meet any of some rules. */
export function RuleFields({
  draft,
  onChange,
  errors,
}: {
  draft: RelayDraft;
  onChange: (change: Partial<RelayDraft>) => void;
  errors: Record<string, string>;
}) {
  const t = useTranslations('relays');
  const { takesAll, events } = draft;
  const errorOf = (field: string) =>
    Object.entries(errors).find(([name]) => name === field || name.startsWith(`${field}.`))?.[1];
  const eventBox = (event: (typeof usualEvents)[number] | (typeof rareEvents)[number]) => (
    <Checkbox
      key={event}
      label={t(`event.${event}`)}
      checked={events.includes(event)}
      onCheckedChange={(isOn) => onChange({ events: toggled(events, event, isOn === true) })}
    />
  );
  const hasRare = rareEvents.some((event) => events.includes(event)) || draft.otherEvents !== '';
  return (
    <>
      <Field label={t('which')} group>
        <RadioCards
          value={takesAll ? 'all' : 'some'}
          onValueChange={(which) => onChange({ takesAll: which === 'all' })}
          options={[
            { value: 'all', title: t('whichAll.title'), text: t('whichAll.text') },
            { value: 'some', title: t('whichSome.title'), text: t('whichSome.text') },
          ]}
        />
      </Field>
      {takesAll ? null : (
        <div className="grid gap-4 rounded-md border border-line p-3 sm:p-4">
          <Field label={t('events')} error={errorOf('events')} group>
            <div className="grid gap-2 sm:grid-cols-2">{usualEvents.map(eventBox)}</div>
            <details className="group mt-1" open={hasRare || undefined}>
              <summary className="flex h-9 w-fit list-none items-center gap-1.5 text-sm text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
                <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
                {t('moreEvents')}
              </summary>
              <div className="grid gap-4 pt-1">
                <div className="grid gap-2 sm:grid-cols-2">{rareEvents.map(eventBox)}</div>
                <Field label={t('otherEvents')} hint={t('otherEventsHint')}>
                  <Textarea
                    rows={2}
                    spellCheck={false}
                    className="font-mono"
                    value={draft.otherEvents}
                    onChange={(event) => onChange({ otherEvents: event.target.value })}
                  />
                </Field>
              </div>
            </details>
          </Field>
          <Field label={t('messageTypes')} error={errorOf('messageTypes')} group>
            <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
              {messageTypes.map((type) => (
                <Checkbox
                  key={type}
                  label={t(`messageType.${type}`)}
                  checked={draft.messageTypes.includes(type)}
                  onCheckedChange={(isOn) =>
                    onChange({ messageTypes: toggled(draft.messageTypes, type, isOn === true) })
                  }
                />
              ))}
            </div>
          </Field>
          <SceneRulesField
            value={draft.scenes}
            error={errorOf('scenes')}
            onValueChange={(scenes) => onChange({ scenes })}
          />
        </div>
      )}
    </>
  );
}
