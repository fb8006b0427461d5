'use client';

import { Ban, Download, Pause, Play, Printer, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { notify, notifyError } from '@/components/ui/toast';
import type { BatchDto, BatchProgressDto } from '@/lib/batches/types';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';
import { cancelBatchAction, pauseBatchAction, resumeBatchAction, retryBatchAction } from '../../actions';

/** What can be done with a batch as it stands. */
export function BatchActions({ batch, mayWrite }: { batch: BatchProgressDto; mayWrite: boolean }) {
  const t = useTranslations('batches.actions');
  const printing = useTranslations('exports');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const { state, pause, failed, issued, reserved, kind } = batch;
  const input = { accountId: batch.accountId, batchId: batch.id };

  const run = (act: (given: typeof input) => Promise<Result<BatchDto>>, done: string) =>
    startTransition(async () => {
      const result = await act(input);
      if (result.ok) notify(done);
      else notifyError(sentenceOf(result.error));
    });

  const cancel = async () => {
    const result = await cancelBatchAction(input);
    if (!result.ok) {
      notifyError(sentenceOf(result.error));
      return false;
    }
    notify(t('cancelled', { count: result.value.returned, kind }));
  };

  const isPausedByPerson = pause?.reason === 'person';
  const isOpen = state === 'queued' || state === 'issuing' || state === 'paused';
  const open = reserved + failed;

  return (
    <>
      {mayWrite && isOpen && !isPausedByPerson ? (
        <Button variant="secondary" pending={pending} onClick={() => run(pauseBatchAction, t('paused'))}>
          <Pause aria-hidden />
          {t('pause')}
        </Button>
      ) : null}
      {mayWrite && isPausedByPerson ? (
        <Button pending={pending} onClick={() => run(resumeBatchAction, t('resumed'))}>
          <Play aria-hidden />
          {t('resume')}
        </Button>
      ) : null}
      {mayWrite && failed > 0 && state !== 'cancelled' ? (
        <Button variant="secondary" pending={pending} onClick={() => run(retryBatchAction, t('retried'))}>
          <RotateCcw aria-hidden />
          {t('retry', { count: failed })}
        </Button>
      ) : null}
      {mayWrite && open > 0 && state !== 'cancelled' ? (
        <ConfirmDialog
          trigger={
            <Button variant="secondary">
              <Ban aria-hidden />
              {t('cancel')}
            </Button>
          }
          title={t('cancelTitle')}
          text={t('cancelText', { open, issued, kind })}
          confirmLabel={t('cancelConfirm')}
          onConfirm={cancel}
        />
      ) : null}
      {issued > 0 ? (
        <Button asChild variant="secondary">
          <Link href={`/print?batchId=${batch.id}`}>
            <Printer aria-hidden />
            {printing('printBatch')}
          </Link>
        </Button>
      ) : null}
      {issued + open > 0 ? (
        <Button asChild variant="secondary">
          <a href={`/api/batches/${batch.id}/rows.csv?accountId=${batch.accountId}`} download>
            <Download aria-hidden />
            {t('download')}
          </a>
        </Button>
      ) : null}
    </>
  );
}
