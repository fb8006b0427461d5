'use client';

import { CircleCheck } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { LedgerCheckDto } from '@/lib/quota/types';
import { checkLedgerAction } from '../actions';

/** Counts the ledger anew on request, and says where a figure differs. */
export function LedgerCheck({ accountId }: { accountId: string }) {
  const t = useTranslations('quota');
  const locale = useLocale();
  const { sentenceOf } = useErrorSentences();
  const [found, setFound] = useState<LedgerCheckDto | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();

  const run = () =>
    startTransition(async () => {
      const result = await checkLedgerAction({ accountId });
      setFound(result.ok ? result.value : null);
      setFailure(result.ok ? null : sentenceOf(result.error));
    });

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="secondary" pending={pending} onClick={run}>
          {t('check.run')}
        </Button>
        <p role="status" className="flex items-center gap-2 text-sm">
          {found?.ok ? (
            <>
              <CircleCheck aria-hidden className="size-4 text-accent" />
              {t('check.ok', { free: formatNumber(found.freeIds.kept, locale) })}
            </>
          ) : null}
        </p>
      </div>
      {failure ? <Notice tone="error">{failure}</Notice> : null}
      {found && !found.ok ? (
        <Notice tone="error" title={t('check.differs')}>
          <ul className="list-disc pl-5">
            {found.counters
              .filter(({ kept, counted }) => kept !== counted)
              .map(({ counter, kept, counted }) => (
                <li key={counter}>
                  {t('check.counter', {
                    name: t(`states.${counter}.name`),
                    kept: formatNumber(kept, locale),
                    counted: formatNumber(counted, locale),
                  })}
                </li>
              ))}
            {found.freeIds.same ? null : (
              <li>
                {t('check.free', {
                  kept: formatNumber(found.freeIds.kept, locale),
                  counted: formatNumber(found.freeIds.counted, locale),
                })}
              </li>
            )}
          </ul>
        </Notice>
      ) : null}
    </div>
  );
}
