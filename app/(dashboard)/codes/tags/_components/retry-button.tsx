'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { retryMarkingAction } from '../actions';

/** Has WeChat asked again: for one tag, or for all of them. */
export function RetryButton({
  accountId,
  tag,
  label,
}: {
  accountId: string;
  tag?: { id: string; name: string };
  label: string;
}) {
  const t = useTranslations('tags.failures');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const retry = () =>
    startTransition(async () => {
      const result = await retryMarkingAction({ accountId, which: tag ? { tagId: tag.id } : {} });
      if (!result.ok) notifyError(sentenceOf(result.error));
      else if (tag || result.value.followers > 0) notify(t('retried', { count: result.value.followers }));
    });
  return (
    <Button
      variant="secondary"
      size="sm"
      pending={pending}
      aria-label={tag ? t('retryLabel', { name: tag.name }) : undefined}
      onClick={retry}
    >
      {label}
    </Button>
  );
}
