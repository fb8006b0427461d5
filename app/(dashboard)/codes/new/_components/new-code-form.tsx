'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { TagsField } from '@/components/tags/tags-field';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import type { StoppedDto } from '@/lib/accounts/types';
import { sceneText } from '@/lib/codes/format';
import { maxExpireSeconds } from '@/lib/codes/scene-limits';
import { createCodeSchema } from '@/lib/codes/schemas';
import type { CodeKind, SceneDto } from '@/lib/codes/types';
import { formatDate, formatRelative, formatShortDateTime, toZonedInput } from '@/lib/i18n/format';
import {
  CampaignField,
  type CampaignOption,
  ChannelField,
  campaignOption,
  channelOption,
} from '../../_components/place-fields';
import { useServerNow } from '../../_components/use-server-now';
import { createCodeAction } from '../../actions';
import { type SceneChoice, SceneFields } from './scene-fields';
import { type ExpiryPick, expiryPicks, secondsUntil } from './seconds-until';

export function NewCodeForm({
  accountId,
  timeZone,
  now,
  remaining,
  isDeclared,
  stopped,
  campaign: givenCampaign,
  channel: givenChannel,
  columnNames,
  tags,
  tag,
  archivedScene,
  adoptedScene,
}: {
  accountId: string;
  timeZone: string;
  now: string;
  /** Permanent slots left. */
  remaining: number;
  /** Whether an admin has said which scenes other systems use; without it no permanent code. */
  isDeclared: boolean;
  stopped: StoppedDto | null;
  campaign: { id: string; name: string; endsOn: string | null } | null;
  channel: { id: string; name: string; number: string } | null;
  columnNames: readonly string[];
  /** Of the account. */
  tags: readonly { id: string; name: string }[];
  /** Its name: the code begins with it. */
  tag: string | null;
  /** Of an archived code whose slot is to be used again. */
  archivedScene: SceneDto | null;
  /** Scanned already, and without a code: its past will count for this one. */
  adoptedScene: SceneDto | null;
}) {
  const t = useTranslations('codes.new');
  const need = useTranslations('quotaRules.temporaryNeed');
  const tagging = useTranslations('tags.field');
  const common = useTranslations('common');
  const locale = useLocale();
  const router = useRouter();
  const nowMs = useServerNow(now);
  // A slot that is used again is spent already.
  const mayBePermanent = isDeclared && (remaining > 0 || archivedScene !== null);

  const [campaign, setCampaign] = useState(givenCampaign && campaignOption(givenCampaign));
  const [channel, setChannel] = useState(givenChannel && channelOption(givenChannel));
  const [label, setLabel] = useState('');
  const [tagNames, setTagNames] = useState<readonly string[]>(tag === null ? [] : [tag]);
  const [kind, setKind] = useState<CodeKind>(archivedScene || adoptedScene ? 'permanent' : 'temporary');
  const [pick, setPick] = useState<ExpiryPick | 'date'>(maxExpireSeconds);
  const [at, setAt] = useState('');
  const [scene, setScene] = useState<SceneChoice>(
    archivedScene
      ? { mode: 'reuse', id: '', str: '', archived: sceneText(archivedScene) }
      : toChoice(adoptedScene),
  );
  const [isAsking, setIsAsking] = useState(false);

  const form = useActionForm({
    schema: createCodeSchema,
    send: (code) => createCodeAction({ accountId, code }),
    onDone: ({ id }) => router.push(`/codes/${id}`),
  });

  const expireSeconds = pick === 'date' ? secondsUntil(at, timeZone, nowMs) : pick;
  const isReuse = scene.mode === 'reuse' && kind === 'permanent';
  // A permanent slot for what is over within the life of a temporary code is more often a slip than a wish.
  const endsSoon = kind === 'permanent' && !isReuse && campaign ? endOf(campaign) : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (endsSoon !== null && label.trim() !== '') setIsAsking(true);
    else send();
  };

  const send = () => {
    form.submit({
      campaignId: campaign?.value ?? '',
      channelId: channel?.value ?? null,
      label,
      tags: [...tagNames],
      kind,
      scene: toScene(scene),
      ...(isReuse ? { reuse: true } : {}),
      // What is no date counts as no time at all, which the schema refuses in words.
      expireSeconds: kind === 'temporary' ? expireSeconds || 0 : undefined,
    });
  };

  const { refusal, errors } = form;
  const kindError =
    refusal &&
    ['SCENE_CAP_REACHED', 'EXTERNAL_USE_UNDECLARED', 'CAMPAIGN_BUDGET_REACHED'].includes(refusal.code)
      ? form.failure
      : undefined;
  const sceneError =
    refusal && ['SCENE_TAKEN', 'SCENE_NOT_OURS', 'SLOT_COOLING', 'SLOT_NOT_ARCHIVED'].includes(refusal.code)
      ? (form.failure ?? undefined)
      : (errors['scene.id'] ?? errors['scene.str'] ?? errors.scene);
  const isPlaced = Boolean(kindError || sceneError || Object.keys(errors).length > 0);

  return (
    <form ref={form.formRef} onSubmit={submit} noValidate className="grid max-w-3xl gap-6">
      {stopped ? (
        <Notice
          tone="warning"
          title={t('stopped')}
          action={
            <Button asChild variant="secondary" size="sm">
              <Link href={`/settings/accounts/${accountId}`}>{t('stoppedLink')}</Link>
            </Button>
          }
        >
          <span className="wrap-anywhere">{stopped.message}</span>
        </Notice>
      ) : null}
      {form.failure && !isPlaced ? <Notice tone="error">{form.failure}</Notice> : null}

      <div className="grid gap-4 sm:grid-cols-2">
        <CampaignField
          accountId={accountId}
          value={campaign}
          onValueChange={setCampaign}
          error={errors.campaignId}
        />
        <ChannelField
          accountId={accountId}
          value={channel}
          onValueChange={setChannel}
          error={errors.channelId}
          columnNames={columnNames}
        />
      </div>
      <Field label={t('label')} hint={t('labelHint')} error={errors.label} required>
        <Input value={label} onChange={(event) => setLabel(event.target.value)} />
      </Field>
      <TagsField
        value={tagNames}
        onValueChange={setTagNames}
        known={tags}
        hint={tagging('hint')}
        error={errors.tags}
      />

      <Field label={t('kind')} group error={kindError}>
        <RadioCards
          value={kind}
          onValueChange={setKind}
          options={[
            {
              value: 'temporary',
              title: t('temporary'),
              text: temporaryText(),
            },
            {
              value: 'permanent',
              title: t('permanent'),
              disabled: !mayBePermanent,
              text: !isDeclared
                ? t('permanentUndeclared')
                : remaining === 0
                  ? t('permanentNone')
                  : t('permanentText', { remaining }),
            },
          ]}
        />
      </Field>
      {isDeclared ? null : (
        <p className="-mt-4 text-sm">
          <Link href="/quota" className="text-accent underline underline-offset-3">
            {t('declare')}
          </Link>
        </p>
      )}

      {kind === 'temporary' ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('expiry')} error={pick === 'date' ? undefined : errors.expireSeconds}>
            <Select
              value={String(pick)}
              onChange={(event) => {
                const next = expiryPicks.find((seconds) => String(seconds) === event.target.value) ?? 'date';
                if (next === 'date' && at === '') setAt(toZonedInput(nowMs + 7 * 86_400_000, timeZone));
                setPick(next);
              }}
              options={[
                ...expiryPicks.map((seconds) => ({
                  value: String(seconds),
                  label: t(`expiryPick.${seconds}`),
                })),
                { value: 'date', label: t('expiryDate') },
              ]}
            />
          </Field>
          {pick === 'date' ? (
            <Field
              label={t('expiryAt')}
              error={errors.expireSeconds}
              hint={common('timeZoneNote', { timeZone })}
              required
            >
              <DateTimeInput
                value={at}
                onValueChange={setAt}
                min={toZonedInput(nowMs + 60_000, timeZone)}
                max={toZonedInput(nowMs + maxExpireSeconds * 1000, timeZone)}
              />
            </Field>
          ) : null}
        </div>
      ) : null}

      <SceneFields kind={kind} value={scene} onChange={setScene} error={sceneError} />

      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={need('title', { relative: endsSoon ? formatRelative(endsSoon.endMs, nowMs, locale) : '' })}
        text={need('text', {
          campaign: campaign?.label ?? '',
          date: endsSoon ? formatDate(endsSoon.endMs, locale, timeZone) : '',
        })}
        confirmLabel={need('confirm')}
        onConfirm={send}
      />

      <div className="flex gap-2">
        <Button type="submit" pending={form.pending}>
          {t('submit')}
        </Button>
        <Button asChild variant="secondary">
          <Link href="/codes">{common('actions.cancel')}</Link>
        </Button>
      </div>
    </form>
  );

  function endOf({ endsOn }: CampaignOption): { endMs: number } | null {
    if (!endsOn) return null;
    // To the end of its last day.
    const endMs = nowMs + secondsUntil(`${endsOn}T23:59`, timeZone, nowMs) * 1000;
    return endMs - nowMs <= maxExpireSeconds * 1000 ? { endMs } : null;
  }

  function temporaryText(): string {
    if (!(expireSeconds > 0) || expireSeconds > maxExpireSeconds) return t('temporaryTextShort');
    const end = nowMs + expireSeconds * 1000;
    return t('temporaryText', {
      when: formatShortDateTime(end, locale, timeZone, nowMs),
      relative: formatRelative(end, nowMs, locale),
    });
  }
}

function toScene({ mode, id, str, archived }: SceneChoice): { id: number } | { str: string } | undefined {
  if (mode === 'next') return undefined;
  if (mode === 'reuse') return /^\d+$/.test(archived.trim()) ? { id: Number(archived) } : { str: archived };
  // What is no number goes as NaN, which the schema refuses in words.
  return mode === 'id' ? { id: id.trim() === '' ? Number.NaN : Number(id) } : { str };
}

function toChoice(scene: SceneDto | null): SceneChoice {
  if (scene === null) return { mode: 'next', id: '', str: '', archived: '' };
  if ('id' in scene) return { mode: 'id', id: String(scene.id), str: '', archived: '' };
  return { mode: 'str', id: '', str: scene.str, archived: '' };
}
