'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { notify, notifyError } from '@/components/ui/toast';
import type { ApprovalDto } from '@/lib/approvals/types';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';
import { approveRequestAction, refuseRequestAction, withdrawRequestAction } from '../../actions';

/** Approve, refuse with a word, or take it back. */
export function DecisionForm({
  accountId,
  approvalId,
  mayDecide,
  mayWithdraw,
  mayRefuse,
  isAgain,
}: {
  accountId: string;
  approvalId: string;
  mayDecide: boolean;
  mayWithdraw: boolean;
  mayRefuse: boolean;
  isAgain: boolean;
}) {
  const t = useTranslations('quotaRules.approvals');
  const { sentenceOf } = useErrorSentences();
  const [note, setNote] = useState('');
  const [pending, startTransition] = useTransition();
  const given = { accountId, approvalId };

  const run = (act: () => Promise<Result<ApprovalDto>>) =>
    startTransition(async () => {
      const result = await act();
      if (!result.ok) return notifyError(sentenceOf(result.error));
      const { state, failure } = result.value;
      if (failure) notifyError(sentenceOf(failure));
      else if (state !== 'pending' && state !== 'failed') notify(t(state));
    });

  const withdraw = mayWithdraw ? (
    <ConfirmDialog
      trigger={<Button variant="quiet">{t('withdraw')}</Button>}
      title={t('withdrawTitle')}
      text={t('withdrawText')}
      confirmLabel={t('withdraw')}
      onConfirm={() => run(() => withdrawRequestAction(given))}
    />
  ) : null;

  if (!mayDecide) return <div>{withdraw}</div>;
  return (
    <Card title={t('decided')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          run(() => approveRequestAction({ ...given, note }));
        }}
      >
        <Field label={t('noteLabel')} hint={t('noteHint')} optional>
          <Textarea value={note} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" pending={pending}>
            {isAgain ? t('approveAgain') : t('approve')}
          </Button>
          {mayRefuse ? (
            <Button
              type="button"
              variant="secondary"
              disabled={pending}
              onClick={() => run(() => refuseRequestAction({ ...given, note }))}
            >
              {t('refuse')}
            </Button>
          ) : null}
          {withdraw}
        </div>
      </form>
    </Card>
  );
}
