'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useTransition } from 'react';
import {
  ExternalUseFields,
  type ExternalUseText,
  emptyExternalUse,
  readExternalUse,
} from '@/components/accounts/external-use-fields';
import { OwnScenesFields, readOwnScenes } from '@/components/accounts/own-scenes-fields';
import { TokenSourceFields } from '@/components/accounts/token-source-fields';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { formatRanges } from '@/lib/accounts/format';
import type { AccountDto } from '@/lib/accounts/types';
import { formatNumber } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { selectAccountAction } from '../../../shell-actions';
import { createAccountAction, declareExternalAction, updateAccountAction } from '../actions';
import { AccountTest } from './account-test';
import type { StepProps } from './set-up-first-steps';
import { StepFrame } from './step-frame';
import { toUpdateInput } from './use-set-up-draft';

const tokenFields = ['tokenSource', 'appSecret', 'remoteTokenUrl', 'remoteTokenHeader', 'remoteTokenValue'];

/** The last step before the first call: saves, and goes on to the test. */
export function TokenStep({
  draft,
  change,
  errorsOf,
  back,
  account,
  onSaved,
  onCorrect,
}: StepProps & {
  account: AccountDto | null;
  onSaved: (account: AccountDto) => void;
  onCorrect: () => void;
}) {
  const t = useTranslations('accounts.setUp.token');
  const { sentenceOf, fieldSentencesOf } = useErrorSentences();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();

  const save = () => {
    const found = errorsOf(tokenFields);
    setErrors(found);
    setFailure(null);
    if (Object.keys(found).length > 0) return;
    startTransition(async () => {
      const input = toUpdateInput(draft);
      const result = account
        ? await updateAccountAction({ accountId: account.id, account: input })
        : await createAccountAction({ account: input });
      if (result.ok) {
        change({ appSecret: undefined, remoteTokenValue: undefined });
        onSaved(result.value);
        return;
      }
      const refused = fieldSentencesOf(result.error);
      setErrors(refused);
      const elsewhere = Object.entries(refused).filter(([field]) => !tokenFields.includes(field));
      setFailure(elsewhere[0]?.[1] ?? (Object.keys(refused).length === 0 ? sentenceOf(result.error) : null));
    });
  };

  return (
    <StepFrame
      title={t('title')}
      text={t('text')}
      onContinue={save}
      continueLabel={t('saveAndTest')}
      onBack={back}
      pending={pending}
    >
      {failure ? (
        <Notice
          tone="error"
          title={errors.appId ? draft.appId : undefined}
          action={
            errors.appId || errors.name ? (
              <Button variant="secondary" size="sm" onClick={onCorrect}>
                {t('correct')}
              </Button>
            ) : undefined
          }
        >
          {failure}
        </Notice>
      ) : null}
      <TokenSourceFields
        values={draft}
        onChange={(part) => {
          setErrors((before) =>
            Object.fromEntries(Object.entries(before).filter(([name]) => !(name in part))),
          );
          change(part);
        }}
        errors={errors}
        stored={{
          appSecret: account?.hasAppSecret ?? false,
          remoteTokenValue: account?.hasRemoteTokenValue ?? false,
        }}
      />
    </StepFrame>
  );
}

export function TestStep({
  accountId,
  autoStart,
  onward,
  back,
  onSettled,
}: {
  accountId: string;
  autoStart: boolean;
  onward: () => void;
  back: () => void;
  onSettled: () => void;
}) {
  const t = useTranslations('accounts.setUp.test');
  const [passed, setPassed] = useState(false);
  return (
    <StepFrame
      title={t('title')}
      text={t('text')}
      onContinue={onward}
      continueLabel={passed ? undefined : t('later')}
      continueVariant={passed ? 'primary' : 'secondary'}
      onBack={back}
    >
      <AccountTest
        accountId={accountId}
        autoStart={autoStart}
        onSettled={(ok) => {
          setPassed(ok);
          onSettled();
        }}
      />
    </StepFrame>
  );
}

/** What others have used, and what this app may give out. Permanent codes are locked until it has been said. */
export function OthersStep({
  account,
  onSaved,
  onward,
  back,
}: {
  account: AccountDto;
  onSaved: (account: AccountDto) => void;
  onward: () => void;
  back: () => void;
}) {
  const t = useTranslations('accounts.setUp.others');
  const external = useTranslations('accounts.external');
  const { sentenceOf, fieldSentencesOf } = useErrorSentences();
  const [use, setUse] = useState<ExternalUseText>(emptyExternalUse);
  const [own, setOwn] = useState({
    ranges: formatRanges(account.ownRanges),
    prefixes: account.ownPrefixes.join('\n'),
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const formRef = useRef<HTMLDivElement>(null);
  const isDeclared = account.externalDeclaredAt !== null;

  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    formRef.current
      ?.querySelector<HTMLElement>('[aria-invalid="true"] button, [aria-invalid="true"]')
      ?.focus();
  }, [errors]);

  const said = readExternalUse(use);
  const { faults: ownFaults, ...ownScenes } = readOwnScenes(own);
  const saysMore = !isDeclared || use.ranges.trim() !== '' || use.strs.trim() !== '';

  const save = () => {
    setFailure(null);
    setErrors({});
    if (!isDeclared && use.choice === '') {
      setErrors({ choice: external('choose') });
      return;
    }
    if (said.faults.length > 0 || ownFaults.length > 0) return;
    startTransition(async () => {
      const updated = await updateAccountAction({ accountId: account.id, account: ownScenes });
      const declared =
        updated.ok && saysMore
          ? await declareExternalAction({ accountId: account.id, external: said.input })
          : null;
      const refused = !updated.ok ? updated.error : declared && !declared.ok ? declared.error : null;
      if (refused) {
        const sentences = fieldSentencesOf(refused);
        setErrors(sentences);
        if (Object.keys(sentences).length === 0) setFailure(sentenceOf(refused));
        return;
      }
      await selectAccountAction(account.id);
      if (updated.ok) {
        const declaredAt = declared?.ok ? declared.value.declaredAt : account.externalDeclaredAt;
        onSaved({ ...updated.value, externalDeclaredAt: declaredAt });
      }
      onward();
    });
  };

  return (
    <StepFrame title={t('title')} text={t('text')} onContinue={save} onBack={back} pending={pending}>
      {failure ? <Notice tone="error">{failure}</Notice> : null}
      <div ref={formRef} className="grid gap-5">
        {isDeclared ? <Notice>{external('declared')}</Notice> : null}
        <ExternalUseFields
          text={use}
          onChange={setUse}
          errors={errors}
          faults={said.faults}
          mayBeNone={!isDeclared}
        />
        <details className="rounded-md border border-line p-3" open={ownFaults.length > 0 || undefined}>
          <summary className="font-semibold">{t('advanced')}</summary>
          <p className="mt-1 mb-4 text-sm text-pretty text-muted">{t('advancedText')}</p>
          <OwnScenesFields text={own} onChange={setOwn} errors={errors} faults={ownFaults} />
        </details>
      </div>
    </StepFrame>
  );
}

export function DoneStep({ account }: { account: AccountDto }) {
  const t = useTranslations('accounts.setUp.done');
  const locale = useLocale();
  return (
    <Card title={t('title', { name: account.name })} text={t('text')}>
      <ul className="mb-5 list-disc pl-5 text-pretty">
        <li>{t('cap', { cap: formatNumber(account.permanentCap, locale) })}</li>
        <li>{account.connectedAt ? t('safe') : t('notTested')}</li>
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button asChild>
          <Link href="/campaigns">{t('campaign')}</Link>
        </Button>
        <Button asChild variant="secondary">
          <Link href="/quota">{t('quota')}</Link>
        </Button>
        <Button asChild variant="quiet">
          <Link href={`/settings/accounts/${account.id}`}>{t('settings')}</Link>
        </Button>
      </div>
    </Card>
  );
}
