'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox, type ComboboxOption } from '@/components/ui/combobox';
import { DescriptionList } from '@/components/ui/description-list';
import { Field } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { Tabs } from '@/components/ui/tabs';
import { Textarea } from '@/components/ui/textarea';
import type { CodeKind } from '@/lib/codes/types';
import type { ImportDryRunDto, ImportDto } from '@/lib/imports/types';
import { maxFileBytes } from '@/lib/tables/limits';
import { FileField } from '../../../batches/new/_components/file-field';
import { SendingBar } from '../../../batches/new/_components/sending-bar';
import { useTableSending } from '../../../batches/new/_components/use-table-sending';
import { searchCampaignsAction } from '../../../campaigns/actions';
import { ImportReport } from './import-report';

const paths = { check: '/api/codes/import/dry-run', make: '/api/codes/import' };
const explained = ['scene', 'kind', 'ticket', 'url', 'label', 'channel', 'expiresAt', 'campaign'] as const;

type Form = {
  way: 'file' | 'paste';
  campaign: ComboboxOption | null;
  kind: CodeKind;
  file: File | null;
  pasted: string;
};

/** A table of codes made elsewhere: checked first, brought in then; whatever is refused, nothing that was entered is lost. */
export function ImportForm({ accountId }: { accountId: string }) {
  const t = useTranslations('codes.import');
  const tables = useTranslations('batches.new');
  const codes = useTranslations('codes.new');
  const common = useTranslations('common');
  const router = useRouter();
  const formRef = useRef<HTMLFormElement>(null);
  const reportRef = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<Form>({
    ...{ way: 'file', campaign: null, kind: 'permanent', file: null, pasted: '' },
  });
  const [missing, setMissing] = useState<string>();
  const [asks, setAsks] = useState(false);
  const sending = useTableSending<ImportDryRunDto, ImportDto>(paths, ({ id }) => {
    router.push(`/codes/import?importId=${id}`);
    // The quota at the foot of the frame, which stays when the page changes.
    router.refresh();
  });
  const { phase, report, refused } = sending;

  const search = useCallback(
    async (q: string) => {
      const result = await searchCampaignsAction({ accountId, q });
      return result.ok ? result.value.map(({ id, name }) => ({ value: id, label: name })) : [];
    },
    [accountId],
  );
  const change = (part: Partial<Form>) => {
    setForm((current) => ({ ...current, ...part }));
    setMissing(undefined);
    sending.forget();
  };
  useEffect(() => {
    if (missing || refused) formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [missing, refused]);
  useEffect(() => {
    if (report) reportRef.current?.focus();
  }, [report]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = findFault();
    setMissing(fault);
    if (fault !== undefined) return;
    const query = { accountId, campaignId: form.campaign?.value ?? null, kind: form.kind };
    void sending.check(
      form.way === 'file'
        ? { query: { ...query, fileName: form.file?.name ?? null }, body: form.file }
        : // The page's own text is UTF-8 whatever it holds.
          { query: { ...query, charset: 'utf-8' }, body: new Blob([form.pasted], { type: 'text/csv' }) },
    );
  };

  const told = refused?.problem?.fields ?? [];
  const ofTable = told.find(({ field }) => field === 'columns' || field === 'rows')?.message;
  const tableError = missing ?? ofTable;
  const others = told.filter(({ field }) => field !== 'columns' && field !== 'rows');

  return (
    <form ref={formRef} onSubmit={submit} noValidate className="grid max-w-3xl gap-6">
      <Tabs
        label={t('ways.label')}
        value={form.way}
        onValueChange={(way) => change({ way: way === 'paste' ? 'paste' : 'file' })}
        tabs={[
          {
            value: 'file',
            label: t('ways.file'),
            content: (
              <FileField file={form.file} onFileChange={(file) => change({ file })} error={tableError} />
            ),
          },
          {
            value: 'paste',
            label: t('ways.paste'),
            content: (
              <Field label={tables('pasted')} hint={tables('pastedHint')} error={tableError} required>
                <Textarea
                  rows={8}
                  wrap="off"
                  spellCheck={false}
                  className="font-mono text-sm"
                  value={form.pasted}
                  onChange={(event) => change({ pasted: event.target.value })}
                />
              </Field>
            ),
          },
        ]}
      />
      <details className="rounded-md border border-line bg-surface px-4 py-3">
        <summary className="cursor-pointer font-semibold">{tables('columnsTitle')}</summary>
        <p className="mt-2 text-sm text-pretty text-muted">{t('columnsText')}</p>
        <div className="mt-2">
          <DescriptionList
            items={explained.map((name) => ({
              key: name,
              label: t(`fields.${name}`),
              value: t(`fieldTexts.${name}`),
            }))}
          />
        </div>
      </details>
      <Field label={t('campaign')} hint={t('campaignHint')} optional>
        <Combobox
          value={form.campaign}
          onValueChange={(campaign) => change({ campaign })}
          search={search}
          placeholder={codes('chooseCampaign')}
        />
      </Field>
      <Field label={t('kind')} group>
        <RadioCards
          value={form.kind}
          onValueChange={(kind) => change({ kind })}
          options={[
            { value: 'permanent', title: t('kindPermanent'), text: t('kindPermanentText') },
            { value: 'temporary', title: t('kindTemporary'), text: t('kindTemporaryText') },
          ]}
        />
      </Field>
      {refused && (others.length > 0 || ofTable === undefined) ? (
        <Notice tone="error" title={refused.problem?.detail ?? tables('lost')}>
          {others.length > 0 ? (
            <ul>
              {others.slice(0, 20).map(({ field, message }) => (
                <li key={field}>{message}</li>
              ))}
            </ul>
          ) : null}
        </Notice>
      ) : null}
      {phase ? (
        <SendingBar
          phase={phase}
          hasBody
          onStop={sending.stop}
          texts={{ check: t('sending.check'), make: t('sending.make') }}
        />
      ) : null}
      {report ? (
        <div ref={reportRef} tabIndex={-1} className="outline-none">
          <ImportReport report={report} asks={asks} onAsksChange={setAsks} action={actions(report)} />
        </div>
      ) : (
        <div className="flex gap-2">
          <Button type="submit" pending={phase !== null}>
            {t('check')}
          </Button>
          <Button asChild variant="secondary">
            <Link href="/codes">{common('actions.cancel')}</Link>
          </Button>
        </div>
      )}
    </form>
  );

  function actions({ valid, invalid, askable }: ImportDryRunDto) {
    return (
      <div className="flex flex-wrap gap-2">
        {valid > 0 && invalid === 0 ? (
          <Button
            pending={phase !== null}
            onClick={() => void sending.make({ askForUrls: String(asks && askable > 0) })}
          >
            {t('make', { count: valid })}
          </Button>
        ) : (
          <Button type="submit" pending={phase !== null}>
            {t('checkAgain')}
          </Button>
        )}
        <Button asChild variant="secondary">
          <Link href="/codes">{common('actions.cancel')}</Link>
        </Button>
      </div>
    );
  }

  function findFault(): string | undefined {
    if (form.way === 'paste') return form.pasted.trim() === '' ? tables('pastedMissing') : undefined;
    if (!form.file) return tables('fileMissing');
    if (form.file.size === 0) return tables('fileEmpty');
    return form.file.size > maxFileBytes ? tables('fileTooLarge') : undefined;
  }
}
