'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ComboboxOption } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Tabs } from '@/components/ui/tabs';
import { Textarea } from '@/components/ui/textarea';
import type { StoppedDto } from '@/lib/accounts/types';
import { defaultTemplate, findUnknownPlaceholder } from '@/lib/batches/label-template';
import { maxBatchRows, maxTemplateCharacters } from '@/lib/batches/limits';
import { maxExpireSeconds } from '@/lib/codes/scene-limits';
import { maxFileBytes } from '@/lib/tables/limits';
import { CampaignField, ChannelField, campaignOption } from '../../../codes/_components/place-fields';
import { useServerNow } from '../../../codes/_components/use-server-now';
import { ColumnHelp } from './column-help';
import { CountFields } from './count-fields';
import { DryRunReport } from './dry-run-report';
import { FileField } from './file-field';
import { expireSecondsOf, type KindChoice, KindFields } from './kind-fields';
import { SendingBar } from './sending-bar';
import { type BatchDraft, useBatchSending } from './use-batch-sending';

const ways = ['count', 'file', 'paste'] as const;
type Way = (typeof ways)[number];

type Form = {
  way: Way;
  campaign: ComboboxOption | null;
  channel: ComboboxOption | null;
  kind: KindChoice;
  count: string;
  template: string;
  /** For rows without a label. */
  rowTemplate: string;
  file: File | null;
  pasted: string;
};

type FormField = 'campaignId' | 'channelId' | 'count' | 'labelTemplate' | 'expireSeconds' | 'table';

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
}) {
  const t = useTranslations('batches.new');
  const codes = useTranslations('codes.new');
  const fields = useTranslations('fields');
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
    rowTemplate: '',
    file: null,
    pasted: '',
  });
  const [found, setFound] = useState<Partial<Record<FormField, string>>>({});
  const sending = useBatchSending(({ id }) => {
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
  const template = way === 'count' ? form.template : form.rowTemplate;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = findFaults();
    setFound(wrong);
    if (Object.keys(wrong).length === 0) void sending.check(toDraft());
  };

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
        <ChannelField
          accountId={accountId}
          value={form.channel}
          onValueChange={(next) => change({ channel: next })}
          error={errors.channelId}
          columnNames={columnNames}
        />
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

      {phase ? <SendingBar phase={phase} hasBody={way !== 'count'} onStop={sending.stop} /> : null}
      {report ? (
        <div ref={reportRef} tabIndex={-1} className="outline-none">
          <DryRunReport report={report} isFromFile={way !== 'count'} action={makeButton()} />
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

  function makeButton() {
    if (!report) return null;
    const { valid, invalid, slots } = report;
    const mayMake = valid > 0 && invalid === 0 && (slots === null || slots.needed <= slots.remaining);
    return (
      <div className="flex flex-wrap gap-2">
        {mayMake ? (
          <Button pending={phase !== null} onClick={() => void sending.make()}>
            {t('make', { count: valid })}
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

  function toDraft(): BatchDraft {
    const query = {
      accountId,
      campaignId: form.campaign?.value ?? null,
      channelId: form.channel?.value ?? null,
      kind: form.kind.kind,
      labelTemplate: template.trim(),
      expireSeconds,
    };
    if (way === 'count') return { query: { ...query, count: wanted }, body: null };
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
