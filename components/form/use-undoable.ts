'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { notifyError, notifyUndo } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';

/** Does at once what can be taken back, and offers the way back for ten seconds. */
export function useUndoable() {
  const t = useTranslations('common.actions');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();

  const run = (work: {
    do: () => Promise<Result<unknown>>;
    undo: () => Promise<Result<unknown>>;
    /** What was done, in a sentence. */
    sentence: string;
    onDone?: () => void;
  }) =>
    startTransition(async () => {
      const result = await work.do();
      if (!result.ok) {
        notifyError(sentenceOf(result.error));
        return;
      }
      work.onDone?.();
      notifyUndo(work.sentence, {
        label: t('undo'),
        onUndo: () =>
          startTransition(async () => {
            const undone = await work.undo();
            if (!undone.ok) notifyError(sentenceOf(undone.error));
          }),
      });
    });

  return { pending, run };
}
