'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { TagsField } from '@/components/tags/tags-field';
import { Button } from '@/components/ui/button';
import type { ComboboxOption } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { Tabs } from '@/components/ui/tabs';
import { Textarea } from '@/components/ui/textarea';
import type { StoppedDto } from '@/lib/accounts/types';
import { channelTemplate, defaultTemplate, findUnknownPlaceholder } from '@/lib/batches/label-template';
import { maxBatchRows, maxTemplateCharacters } from '@/lib/batches/limits';
import type { BatchDto, DryRunDto } from '@/lib/batches/types';
import type { ChannelPlacesDto } from '@/lib/channels/types';
import { maxExpireSeconds } from '@/lib/codes/scene-limits';
import { maxFileBytes } from '@/lib/tables/limits';
import { CampaignField, ChannelField, campaignOption } from '../../../codes/_components/place-fields';
import { useServerNow } from '../../../codes/_components/use-server-now';
import { ChannelFields, type ChannelPick } from './channel-fields';
import { ColumnHelp } from './column-help';
import { CountFields } from './count-fields';
import { DryRunReport } from './dry-run-report';
import { FileField } from './file-field';
import { expireSecondsOf, type KindChoice, KindFields } from './kind-fields';
import { ReuseChoice, type ReusePick, toReuseQuery } from './reuse-choice';
import { SendingBar } from './sending-bar';
import { type TableDraft, useTableSending } from './use-table-sending';

const ways = ['count', 'channels', 'file', 'paste'] as const;
const paths = { check: '/api/batches/dry-run', make: '/api/batches' };
type Way = (typeof ways)[number];

type Form = {
  way: Way;
  campaign: ComboboxOption | null;
  channel: ComboboxOption | null;
  kind: KindChoice;
  count: string;
  template: string;
  /** On every code, by name. */
  tags: readonly string[];
  /** For rows without a label. */
  rowTemplate: string;
  file: File | null;
  pasted: string;
  channels: ChannelPick;
  /** For channels. */
  channelTemplate: string;
};

type FormField =
  | 'campaignId'
  | 'channelId'
  | 'count'
  | 'labelTemplate'
  | 'expireSeconds'
  | 'table'
  | 'tags'
  | 'channels';

/** Three ways to many codes, one check before any is made; whatever is refused, nothing that was entered is lost. */
export function NewBatchForm({
  accountId,
  timeZone,
  now,
  remaining,
  isDeclared,
  stopped,
  campaign,
  columnNames,
  tags,
  places,
}: {
  accountId: string;
  timeZone: string;
  now: string;
  /** Permanent slots left. */
  remaining: number;
  isDeclared: boolean;
  stopped: StoppedDto | null;
  campaign: { id: string; name: string } | null;
  columnNames: readonly string[];
  /** Of the account. */
  tags: readonly { id: string; name: string }[];
  places: ChannelPlacesDto;
}) {
  const t = useTranslations('batches.new');
  const codes = useTranslations('codes.new');
  const fields = useTranslations('fields');
  const tagging = useTranslations('tags.field');
  const common = useTranslations('common');
  const router = useRouter();
  const nowMs = useServerNow(now);
  const formRef = useRef<HTMLFormElement>(null);
  const reportRef = useRef<HTMLDivElement>(null);

  const [form, setForm] = useState<Form>({
    way: 'count',
    campaign: campaign && campaignOption(campaign),
    channel: null,
    kind: { kind: 'temporary', pick: maxExpireSeconds, at: '' },
    count: '100',
    template: defaultTemplate.replace('{n}', '{nnn}'),
    tags: [],
    rowTemplate: '',
    file: null,
    pasted: '',
    channels: { q: '', city: '', region: '' },
    channelTemplate,
  });
  const [reuse, setReuse] = useState<ReusePick>({ choice: 'reuse', when: 'now', at: '' });
  const [reuseError, setReuseError] = useState<string>();
  const [found, setFound] = useState<Partial<Record<FormField, string>>>({});
  const sending = useTableSending<DryRunDto, BatchDto>(paths, ({ id }) => {
    router.push(`/batches/${id}`);
    // The quota at the foot of the frame, which stays when the page changes.
    router.refresh();
  });
  const { phase, report, refused } = sending;
  const { way } = form;

  const change = (part: Partial<Form>) => {
    setForm((current) => ({ ...current, ...part }));
    setFound({});
    sending.forget();
  };

  useEffect(() => {
    if (Object.keys(found).length > 0 || refused) {
      formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [found, refused]);
  useEffect(() => {
    if (report) reportRef.current?.focus();
  }, [report]);

  const wanted = Number(form.count);
  const isCount = Number.isInteger(wanted) && wanted >= 1 && wanted <= maxBatchRows;
  const expireSeconds = expireSecondsOf(form.kind, timeZone, nowMs);
  const template =
    way === 'count' ? form.template : way === 'channels' ? form.channelTemplate : form.rowTemplate;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = findFaults();
    setFound(wrong);
    if (Object.keys(wrong).length === 0) void sending.check(toDraft());
  };

  const reused = report && reuse.choice === 'reuse' ? report.reusable : 0;
  const told = toldByServer();
  const errors: Partial<Record<FormField, string>> = { ...told.placed, ...found };

  return (
    <form ref={formRef} onSubmit={submit} noValidate className="grid max-w-3xl gap-6">
      {stopped ? (
        <Notice
          tone="warning"
          title={codes('stopped')}
          action={
            <Button asChild variant="secondary" size="sm">
              <Link href={`/settings/accounts/${accountId}`}>{codes('stoppedLink')}</Link>
            </Button>
          }
        >
          <span className="wrap-anywhere">{stopped.message}</span>
        </Notice>
      ) : null}

      <div className="grid gap-4 sm:grid-cols-2">
        <CampaignField
          accountId={accountId}
          value={form.campaign}
          onValueChange={(next) => change({ campaign: next })}
          error={errors.campaignId}
        />
        {way === 'channels' ? null : (
          <ChannelField
            accountId={accountId}
            value={form.channel}
            onValueChange={(next) => change({ channel: next })}
            error={errors.channelId}
            columnNames={columnNames}
          />
        )}
      </div>

      <Tabs
        label={t('ways.label')}
        value={way}
        onValueChange={(next) => change({ way: ways.find((each) => each === next) ?? 'count' })}
        tabs={[
          {
            value: 'count',
            label: t('ways.count'),
            content: (
              <CountFields
                count={form.count}
                onCountChange={(count) => change({ count })}
                countError={errors.count}
                template={form.template}
                onTemplateChange={(next) => change({ template: next })}
                templateError={errors.labelTemplate}
                campaign={form.campaign?.label ?? ''}
                channel={{ name: form.channel?.label ?? '', number: form.channel?.detail ?? '' }}
              />
            ),
          },
          {
            value: 'channels',
            label: t('ways.channels'),
            content: (
              <ChannelFields
                value={form.channels}
                onChange={(channels) => change({ channels })}
                places={places}
                template={form.channelTemplate}
                onTemplateChange={(next) => change({ channelTemplate: next })}
                templateError={errors.labelTemplate}
                error={errors.channels}
              />
            ),
          },
          {
            value: 'file',
            label: t('ways.file'),
            content: (
              <div className="grid gap-6">
                <FileField file={form.file} onFileChange={(file) => change({ file })} error={errors.table} />
                {tableFields()}
              </div>
            ),
          },
          {
            value: 'paste',
            label: t('ways.paste'),
            content: (
              <div className="grid gap-6">
                <Field label={t('pasted')} hint={t('pastedHint')} error={errors.table} required>
                  <Textarea
                    rows={8}
                    wrap="off"
                    spellCheck={false}
                    className="font-mono text-sm"
                    value={form.pasted}
                    onChange={(event) => change({ pasted: event.target.value })}
                  />
                </Field>
                {tableFields()}
              </div>
            ),
          },
        ]}
      />

      <KindFields
        value={form.kind}
        onChange={(kind) => change({ kind })}
        wanted={way === 'count' && isCount ? wanted : null}
        remaining={remaining}
        isDeclared={isDeclared}
        nowMs={nowMs}
        timeZone={timeZone}
        expiryError={errors.expireSeconds}
      />

      <TagsField
        value={form.tags}
        onValueChange={(names) => change({ tags: names })}
        known={tags}
        hint={tagging('batchHint')}
        error={errors.tags}
      />

      {refused && told.isWhole ? (
        <Notice tone="error" title={told.sentence}>
          {told.others.length > 0 ? (
            <ul>
              {told.others.map((other) => (
                <li key={other}>{other}</li>
              ))}
            </ul>
          ) : null}
        </Notice>
      ) : null}

      {phase ? (
        <SendingBar phase={phase} hasBody={way === 'file' || way === 'paste'} onStop={sending.stop} />
      ) : null}
      {report ? (
        <div ref={reportRef} tabIndex={-1} className="outline-none">
          <DryRunReport
            report={report}
            isFromFile={way === 'file' || way === 'paste'}
            reused={reused}
            choice={
              report.reusable > 0 ? (
                <ReuseChoice
                  value={reuse}
                  onChange={(next) => {
                    setReuse(next);
                    setReuseError(undefined);
                  }}
                  report={report}
                  timeZone={timeZone}
                  nowMs={nowMs}
                  error={reuseError}
                />
              ) : null
            }
            action={makeButton()}
          />
        </div>
      ) : null}
      {report ? null : (
        <div className="flex gap-2">
          <Button type="submit" pending={phase !== null}>
            {t('check')}
          </Button>
          <Button asChild variant="secondary">
            <Link href="/batches">{common('actions.cancel')}</Link>
          </Button>
        </div>
      )}
    </form>
  );

  function tableFields() {
    return (
      <>
        <Field label={t('rowTemplate')} hint={t('rowTemplateHint')} error={errors.labelTemplate} optional>
          <Input
            value={form.rowTemplate}
            maxLength={maxTemplateCharacters}
            onChange={(event) => change({ rowTemplate: event.target.value })}
          />
        </Field>
        <ColumnHelp />
      </>
    );
  }

  function make() {
    if (reused === 0) return void sending.make();
    const query = toReuseQuery(reuse, timeZone);
    if (query === null) setReuseError(fields('date'));
    else if (query.reuseFrom && Date.parse(query.reuseFrom) < nowMs) setReuseError(fields('dateInPast'));
    else void sending.make(query);
  }

  function makeButton() {
    if (!report) return null;
    const { valid, invalid, slots } = report;
    const made = valid - reused;
    const room = slots === null ? made : Math.min(slots.remaining, slots.budgetLeft ?? slots.remaining);
    const mayMake = valid > 0 && invalid === 0 && made <= room;
    const isAsked = slots !== null && slots.approvalAbove !== null && made > slots.approvalAbove;
    return (
      <div className="flex flex-wrap gap-2">
        {mayMake ? (
          <Button pending={phase !== null} onClick={make}>
            {isAsked ? t('ask', { count: made }) : t('make', { count: made })}
          </Button>
        ) : (
          <Button type="submit" pending={phase !== null}>
            {t('checkAgain')}
          </Button>
        )}
        <Button asChild variant="secondary">
          <Link href="/batches">{common('actions.cancel')}</Link>
        </Button>
      </div>
    );
  }

  function findFaults(): Partial<Record<FormField, string>> {
    const wrong: Partial<Record<FormField, string>> = {};
    if (!form.campaign) wrong.campaignId = fields('required');
    const unknown = findUnknownPlaceholder(template);
    if (unknown !== null) wrong.labelTemplate = fields('templatePlaceholder', { name: `{${unknown}}` });
    if (way === 'count') {
      if (!isCount) wrong.count = fields('outOfRange', { min: 1, max: maxBatchRows });
      if (template.trim() === '') wrong.labelTemplate = fields('required');
    }
    if (way === 'channels' && template.trim() === '') wrong.labelTemplate = fields('required');
    if (way === 'file') {
      if (!form.file) wrong.table = t('fileMissing');
      else if (form.file.size === 0) wrong.table = t('fileEmpty');
      else if (form.file.size > maxFileBytes) wrong.table = t('fileTooLarge');
    }
    if (way === 'paste' && form.pasted.trim() === '') wrong.table = t('pastedMissing');
    if (expireSeconds !== null && !(expireSeconds >= 1 && expireSeconds <= maxExpireSeconds)) {
      wrong.expireSeconds = fields('expiryRange', { min: 1, max: maxExpireSeconds });
    }
    return wrong;
  }

  function toDraft(): TableDraft {
    const query = {
      accountId,
      campaignId: form.campaign?.value ?? null,
      channelId: way === 'channels' ? null : (form.channel?.value ?? null),
      kind: form.kind.kind,
      labelTemplate: template.trim(),
      tags: form.tags.join(';'),
      expireSeconds,
    };
    if (way === 'count') return { query: { ...query, count: wanted }, body: null };
    if (way === 'channels') {
      const { q, city, region } = form.channels;
      return { query: { ...query, channels: 'true', channelQ: q.trim(), city, region }, body: null };
    }
    if (way === 'file') return { query: { ...query, fileName: form.file?.name ?? null }, body: form.file };
    // The page's own text is UTF-8 whatever it holds.
    return { query: { ...query, charset: 'utf-8' }, body: new Blob([form.pasted], { type: 'text/csv' }) };
  }

  /** Where the server's refusal belongs: beside its field, or over the whole. */
  function toldByServer() {
    const placed: Partial<Record<FormField, string>> = {};
    const others: string[] = [];
    const problem = refused?.problem;
    for (const { field, message } of problem?.fields ?? []) {
      const name = field === 'columns' || field === 'rows' ? 'table' : field;
      const isPlaced = [
        'campaignId',
        'channelId',
        'count',
        'labelTemplate',
        'expireSeconds',
        'table',
        'tags',
        'channels',
      ].includes(name);
      if (isPlaced) placed[name as FormField] ??= message;
      else others.push(lineOf(field, message));
    }
    const sentence = problem ? problem.detail : t('lost');
    return { placed, others: others.slice(0, 20), sentence, isWhole: !problem?.fields || others.length > 0 };
  }

  function lineOf(field: string, message: string): string {
    const line = /^rows\.(\d+)/.exec(field)?.[1];
    return line === undefined ? message : t('ofLine', { line: Number(line), message });
  }
}
