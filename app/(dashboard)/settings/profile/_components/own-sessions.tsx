'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { SessionList } from '@/components/people/session-list';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { SessionDto } from '@/lib/people/types';
import { endOtherSessionsAction, endOwnSessionAction } from '../actions';

export function OwnSessions({
  sessions,
  now,
  timeZone,
}: {
  sessions: readonly SessionDto[];
  now: string;
  timeZone: string;
}) {
  const t = useTranslations('people.sessions');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const endOthers = () =>
    startTransition(async () => {
      const result = await endOtherSessionsAction({});
      if (result.ok) notify(t('endedAll', { count: result.value }));
      else notifyError(sentenceOf(result.error));
    });
  return (
    <>
      <SessionList
        sessions={sessions}
        now={now}
        timeZone={timeZone}
        onEnd={(sessionId) => endOwnSessionAction({ sessionId })}
      />
      {sessions.length > 1 ? (
        <Button variant="secondary" size="sm" className="mt-3" pending={pending} onClick={endOthers}>
          {t('endOthers')}
        </Button>
      ) : null}
    </>
  );
}
