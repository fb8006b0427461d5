'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useMemo, useState, useTransition } from 'react';
import { DrawnPreview } from '@/components/designs/drawn-preview';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import type { PrintDesignDto } from '@/lib/designs/types';
import type { ErrorDto } from '@/lib/errors';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { useDrawing, useGrade } from '../../_components/use-drawing';
import { createDesignAction, updateDesignAction } from '../actions';
import { AdviceList } from './advice-list';
import { CaptionSection } from './caption-section';
import { type DesignDraft, issuesOf, issuesOfSheet, toDraft, toSettings, toSheet } from './design-draft';
import { GradePanel } from './grade-panel';
import { LeaveGuard } from './leave-guard';
import { LogoSection } from './logo-section';
import { LookSection } from './look-section';
import { SheetSection } from './sheet-section';
import { SizeSection } from './size-section';

/** A design as it is made: the form, and beside it the very drawing that would be printed. */
export function DesignForm({
  accountId,
  design,
  mayWrite,
}: {
  accountId: string;
  /** Null: a new one. */
  design: PrintDesignDto | null;
  mayWrite: boolean;
}) {
  const t = useTranslations('designs.form');
  const preview = useTranslations('designs.preview');
  const grades = useTranslations('designs.grade');
  const advice = useTranslations('designs.advice');
  const router = useRouter();
  const { sentenceOf, fieldSentencesOf } = useErrorSentences();
  const [saved, setSaved] = useState(design);
  const [draft, setDraft] = useState(() => toDraft(design));
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<ErrorDto | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const [pending, startTransition] = useTransition();

  const settings = useMemo(() => toSettings(draft), [draft]);
  const issues = useMemo(() => issuesOf(settings), [settings]);
  const isWhole = issues.length === 0;
  const sheet = useMemo(() => toSheet(draft), [draft]);
  const sheetIssues = useMemo(
    () => issuesOfSheet(sheet, isWhole ? settings : null),
    [sheet, isWhole, settings],
  );
  const canSave = isWhole && sheetIssues.length === 0;
  const isDirty = useMemo(() => JSON.stringify(draft) !== JSON.stringify(toDraft(saved)), [draft, saved]);
  const { drawing, isFetching, failure } = useDrawing(accountId, isWhole ? settings : null);
  const grading = useGrade(accountId, isWhole ? settings : null);

  const sentences = useMemo(() => {
    const fields = [...issues, ...sheetIssues];
    const here = fieldSentencesOf({ code: 'VALIDATION_FAILED', details: { fields } });
    const there = refusal ? fieldSentencesOf(refusal) : {};
    return { here, there };
  }, [issues, sheetIssues, refusal, fieldSentencesOf]);
  const errorOf = (field: string) => {
    if (field === 'name')
      return sentences.there.name ?? (isTried && !draft.name.trim() ? t('nameMissing') : undefined);
    const there = field.startsWith('sheet') ? field : `settings.${field}`;
    return sentences.here[field] ?? sentences.there[there];
  };
  const change = (part: Partial<DesignDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setRefusal(null);
  };

  const store = (as: { name: string; version: number | null }) =>
    startTransition(async () => {
      const { name, version } = as;
      const result =
        saved && version !== null
          ? await updateDesignAction({
              accountId,
              designId: saved.id,
              design: { version, name, settings, sheet },
            })
          : await createDesignAction({ accountId, design: { name, settings, sheet } });
      if (!result.ok) {
        setRefusal(result.error);
        return;
      }
      setRefusal(null);
      setSaved(result.value);
      setDraft(toDraft(result.value));
      notify(t('saved', { name: result.value.name }));
      if (result.value.id !== design?.id) {
        setLeaving(true);
        router.replace(`/print/designs/${result.value.id}`);
      } else router.refresh();
    });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (!canSave || !draft.name.trim()) {
      const form = event.currentTarget;
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    store({ name: draft.name.trim(), version: saved?.version ?? null });
  };

  const stale = refusal?.code === 'CONFLICT' ? Number(refusal.details.version) : null;
  const section = { draft, onChange: change, errorOf, disabled: !mayWrite };
  return (
    <form
      onSubmit={submit}
      noValidate
      className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]"
    >
      <LeaveGuard active={mayWrite && isDirty && !isLeaving} />
      <div className="grid min-w-0 gap-4 max-lg:order-2">
        <SizeSection {...section} />
        <LookSection {...section} />
        <LogoSection {...section} accountId={accountId} />
        <CaptionSection {...section} />
        <SheetSection
          {...section}
          settings={isWhole ? settings : null}
          sheet={sheetIssues.length === 0 ? sheet : null}
          drawing={drawing}
        />
        {refusal && stale !== null ? (
          <Notice
            tone="warning"
            title={t('staleTitle')}
            action={
              <div className="flex flex-wrap gap-2">
                <Button
                  size="sm"
                  pending={pending}
                  onClick={() => store({ name: t('copyOf', { name: draft.name.trim() }), version: null })}
                >
                  {t('saveAsNew')}
                </Button>
                <Button
                  size="sm"
                  variant="secondary"
                  disabled={pending}
                  onClick={() => store({ name: draft.name.trim(), version: stale })}
                >
                  {t('saveOver')}
                </Button>
                <Button asChild size="sm" variant="quiet">
                  <a href={`/print/designs/${saved?.id}`} target="_blank" rel="noreferrer">
                    {t('seeTheirs')}
                  </a>
                </Button>
              </div>
            }
          >
            {t('staleText')}
          </Notice>
        ) : refusal && Object.keys(sentences.there).length === 0 ? (
          <Notice tone="error">{sentenceOf(refusal)}</Notice>
        ) : null}
        {mayWrite ? (
          <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-3 border-t border-line bg-paper px-4 py-3 sm:mx-0 sm:px-0">
            <Button type="submit" pending={pending} disabled={saved !== null && !isDirty}>
              {saved ? t('save') : t('create')}
            </Button>
            <p className="text-sm text-muted">
              {!canSave
                ? t('notWhole')
                : isDirty
                  ? t('unsaved')
                  : saved
                    ? t('version', { version: saved.version })
                    : null}
            </p>
          </div>
        ) : null}
      </div>
      <div className="grid min-w-0 gap-4 max-lg:order-1 lg:sticky lg:top-4">
        <Card title={preview('title')} text={preview('text')}>
          <DrawnPreview
            drawing={drawing}
            alt={preview('alt')}
            stale={isFetching || !isWhole}
            failure={isWhole ? failure : null}
          />
          {isWhole ? (
            <div className="mt-4 border-t border-line pt-4">
              <h3 className="sr-only">{advice('title')}</h3>
              <AdviceList settings={settings} />
            </div>
          ) : null}
        </Card>
        <Card title={grades('title')} text={grades('text')}>
          {isWhole ? <GradePanel {...grading} /> : <p className="text-sm text-muted">{t('notWhole')}</p>}
        </Card>
      </div>
    </form>
  );
}
