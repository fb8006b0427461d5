'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { SessionList } from '@/components/people/session-list';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { SessionDto } from '@/lib/people/types';
import { endPersonSessionAction, endPersonSessionsAction } from '../actions';

export function PersonSessions({
  personId,
  sessions,
  now,
  timeZone,
}: {
  personId: string;
  sessions: readonly SessionDto[];
  now: string;
  timeZone: string;
}) {
  const t = useTranslations('people.sessions');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const endAll = () =>
    startTransition(async () => {
      const result = await endPersonSessionsAction({ personId });
      if (result.ok) notify(t('endedAll', { count: result.value }));
      else notifyError(sentenceOf(result.error));
    });
  return (
    <>
      <SessionList
        sessions={sessions}
        now={now}
        timeZone={timeZone}
        onEnd={(sessionId) => endPersonSessionAction({ sessionId })}
      />
      {sessions.length > 1 ? (
        <Button variant="secondary" size="sm" className="mt-3" pending={pending} onClick={endAll}>
          {t('endAll')}
        </Button>
      ) : null}
    </>
  );
}
