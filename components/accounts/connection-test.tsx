'use client';

import { CircleCheck, CircleDashed, CircleHelp, CircleX, LoaderCircle } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import {
  type ConnectionRound,
  type ConnectionStep,
  type ConnectionStepDto,
  connectionRounds,
  connectionSteps,
} from '@/lib/accounts/types';
import { describeWeChatError } from '@/lib/i18n/describe-wechat-error';
import { formatNumber } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';

const roundOf: Record<ConnectionStep, ConnectionRound> = {
  reach: 'token',
  credentials: 'token',
  whitelist: 'token',
  privilege: 'privilege',
  callQuota: 'callQuota',
};

/**
 * Tests a connection step by step, each shown as it comes: what is right, what is wrong and how to mend it.
 *
 * @param autoStart  begins by itself, where the click before meant it
 * @param onSettled  told whether codes can be issued; the last step is a figure and hinders nothing
 */
export function ConnectionTest({
  runRound,
  autoStart = false,
  onSettled,
}: {
  runRound: (round: ConnectionRound) => Promise<Result<ConnectionStepDto[]>>;
  autoStart?: boolean;
  onSettled?: (passed: boolean) => void;
}) {
  const t = useTranslations('accounts.test');
  const { sentenceOf } = useErrorSentences();
  const [steps, setSteps] = useState<ConnectionStepDto[]>([]);
  const [running, setRunning] = useState<ConnectionRound | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const run = useCallback(async () => {
    setSteps([]);
    setFailure(null);
    const found: ConnectionStepDto[] = [];
    for (const round of connectionRounds) {
      setRunning(round);
      const result = await runRound(round);
      if (!result.ok) {
        setFailure(sentenceOf(result.error));
        break;
      }
      found.push(...result.value);
      setSteps([...found]);
      if (result.value.some(({ ok }) => ok === false)) break;
    }
    setRunning(null);
    onSettled?.(found.some(({ step, ok }) => step === 'privilege' && ok === true));
  }, [runRound, sentenceOf, onSettled]);

  const started = useRef(false);
  useEffect(() => {
    if (!autoStart || started.current) return;
    started.current = true;
    void run();
  }, [autoStart, run]);

  const failed = steps.find(({ ok }) => ok === false);
  const passed = steps.some(({ step, ok }) => step === 'privilege' && ok === true);
  return (
    <div className="grid gap-4">
      <ol className="divide-y divide-line rounded-md border border-line">
        {connectionSteps.map((name) => (
          <StepRow
            key={name}
            name={name}
            result={steps.find(({ step }) => step === name)}
            busy={running === roundOf[name]}
          />
        ))}
      </ol>
      {failure ? <Notice tone="error">{failure}</Notice> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="secondary" pending={running !== null} onClick={() => void run()}>
          {steps.length > 0 || failure ? t('again') : t('start')}
        </Button>
        <p role="status" className="text-sm text-muted">
          {running ? t('running') : passed ? t('passed') : failed ? t('failed') : t('costsNothing')}
        </p>
      </div>
    </div>
  );
}

function StepRow({
  name,
  result,
  busy,
}: {
  name: ConnectionStep;
  result: ConnectionStepDto | undefined;
  busy: boolean;
}) {
  const t = useTranslations('accounts.test');
  const wechat = useTranslations('wechat');
  const locale = useLocale();
  const state = busy && !result ? 'running' : !result ? 'waiting' : stateOf(result.ok);
  const failure = result?.failure;
  const said = failure ? describeWeChatError(wechat, failure) : null;
  return (
    <li className="flex gap-3 p-3" data-step={name} data-state={state}>
      <StateIcon state={state} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-semibold">{t(`steps.${name}`)}</span>
          <span className="text-sm text-muted">
            {t(`states.${state}`)}
            {result && state !== 'unknown' ? ` · ${t('ms', { ms: result.ms })}` : ''}
          </span>
        </p>
        {said && failure ? (
          <div className="mt-1 grid gap-1">
            <p className="text-pretty text-red">{said.what}</p>
            <p className="text-pretty">{said.remedy}</p>
            {failure.blockedIp ? (
              <p className="flex items-center gap-2">
                <code className="rounded-sm bg-sunken px-2 py-1 font-mono">{failure.blockedIp}</code>
                <CopyButton value={failure.blockedIp} what="IP" />
              </p>
            ) : null}
            {failure.errmsg ? (
              <p className="font-mono text-sm wrap-anywhere text-muted">
                {failure.errmsg}
                {failure.rid ? ` (rid ${failure.rid})` : ''}
              </p>
            ) : null}
          </div>
        ) : (
          <p className="text-sm text-pretty text-muted">
            {result?.calls
              ? t('calls', {
                  used: formatNumber(result.calls.used, locale),
                  limit: formatNumber(result.calls.dailyLimit, locale),
                })
              : result?.reusedToken
                ? t('reusedToken')
                : t(`texts.${name}`)}
          </p>
        )}
      </div>
    </li>
  );
}

type State = 'waiting' | 'running' | 'passed' | 'failed' | 'unknown';

function stateOf(ok: boolean | null): State {
  if (ok === null) return 'unknown';
  return ok ? 'passed' : 'failed';
}

function StateIcon({ state }: { state: State }) {
  const common = 'mt-1 size-4 shrink-0';
  switch (state) {
    case 'passed':
      return <CircleCheck aria-hidden className={`${common} text-accent`} />;
    case 'failed':
      return <CircleX aria-hidden className={`${common} text-red`} />;
    case 'running':
      return <LoaderCircle aria-hidden className={`${common} animate-spin motion-reduce:animate-none`} />;
    case 'unknown':
      return <CircleHelp aria-hidden className={`${common} text-muted`} />;
    case 'waiting':
      return <CircleDashed aria-hidden className={`${common} text-muted`} />;
  }
}
