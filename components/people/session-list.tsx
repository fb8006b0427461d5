'use client';

import { MonitorSmartphone } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { formatDateTime, formatRelative } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { SessionDto } from '@/lib/people/types';
import type { Result } from '@/lib/result';

/** Where somebody is signed in; each line can be ended but the one that looks. */
export function SessionList({
  sessions,
  now,
  timeZone,
  onEnd,
}: {
  sessions: readonly SessionDto[];
  /** The server's clock, so that both renderings say the same. */
  now: string;
  timeZone: string;
  onEnd: (sessionId: string) => Promise<Result<unknown>>;
}) {
  const t = useTranslations('people.sessions');
  const locale = useLocale();
  if (sessions.length === 0) return <p className="text-muted">{t('none')}</p>;
  return (
    <ul className="divide-y divide-line">
      {sessions.map((session) => (
        <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
          <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-muted" />
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2">
              {session.device ?? t('unknownDevice')}
              {session.isCurrent ? <Badge tone="accent">{t('current')}</Badge> : null}
            </p>
            <p className="text-sm text-muted">
              {t('line', {
                address: session.ipAddress,
                since: formatDateTime(session.createdAt, locale, timeZone),
                seen: formatRelative(session.lastSeenAt, now, locale),
              })}
            </p>
          </div>
          {session.isCurrent ? null : <EndButton onEnd={() => onEnd(session.id)} />}
        </li>
      ))}
    </ul>
  );
}

function EndButton({ onEnd }: { onEnd: () => Promise<Result<unknown>> }) {
  const t = useTranslations('people.sessions');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const end = () =>
    startTransition(async () => {
      const result = await onEnd();
      if (result.ok) notify(t('ended'));
      else notifyError(sentenceOf(result.error));
    });
  return (
    <Button variant="secondary" size="sm" pending={pending} onClick={end}>
      {t('end')}
    </Button>
  );
}
