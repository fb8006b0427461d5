'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { askRecountAction } from '../actions';

const everyMs = 2_000;

/** Begins a check or a replay; while one goes on, the page looks again by itself. */
export function RecountButtons({ accountId, isMoving }: { accountId: string; isMoving: boolean }) {
  const t = useTranslations('push');
  const { sentenceOf } = useErrorSentences();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [isMoving, router]);
  const ask = (reason: 'check' | 'replay') =>
    startTransition(async () => {
      const result = await askRecountAction({ accountId, recount: { reason } });
      if (result.ok) notify(t('asked'));
      else notifyError(sentenceOf(result.error));
    });
  return (
    <div className="flex gap-2">
      <Button variant="secondary" size="sm" pending={pending} onClick={() => ask('check')}>
        {t('check')}
      </Button>
      <Button variant="secondary" size="sm" pending={pending} onClick={() => ask('replay')}>
        {t('replay')}
      </Button>
    </div>
  );
}
