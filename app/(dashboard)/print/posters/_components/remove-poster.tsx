'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { removePosterAction } from '../actions';

export function RemovePoster({
  accountId,
  posterId,
  name,
}: {
  accountId: string;
  posterId: string;
  name: string;
}) {
  const t = useTranslations('posters.remove');
  const { sentenceOf } = useErrorSentences();
  const [isOpen, setOpen] = useState(false);
  const [pending, startTransition] = useTransition();
  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        pending={pending}
        className="self-start"
        aria-label={t('label', { name })}
        onClick={() => setOpen(true)}
      >
        <Trash2 aria-hidden />
        {t('confirm')}
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t('title', { name })}
        text={t('text')}
        confirmLabel={t('confirm')}
        onConfirm={() =>
          startTransition(async () => {
            const result = await removePosterAction({ accountId, posterId });
            if (!result.ok) notifyError(sentenceOf(result.error));
          })
        }
      />
    </>
  );
}
