'use client';

import { Clock, TimerOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { cn } from './class-names';

/** The last 3 days are shown in amber. */
const SOON_SECONDS = 3 * 86_400;

/**
 * The time that is left, running. By the minute, and by the second within the last hour.
 *
 * @param expiresAt  ISO 8601
 * @param now  the server's clock at rendering, ISO 8601; a browser whose clock is wrong counts right all the same
 */
export function Countdown({
  expiresAt,
  now,
  className,
}: {
  expiresAt: string;
  now: string;
  className?: string;
}) {
  const t = useTranslations('common');
  const leftAtRender = Math.floor((Date.parse(expiresAt) - Date.parse(now)) / 1000);
  const [elapsed, setElapsed] = useState(0);
  const left = leftAtRender - elapsed;

  useEffect(() => {
    const start = performance.now();
    setElapsed(0);
    const update = () => setElapsed(Math.floor((performance.now() - start) / 1000));
    const timer = setInterval(update, leftAtRender > 3_660 ? 20_000 : 1000);
    return () => clearInterval(timer);
  }, [leftAtRender]);

  if (left <= 0) {
    return (
      <span className={cn('inline-flex items-center gap-1.5 text-muted', className)}>
        <TimerOff aria-hidden className="size-4 shrink-0" />
        {t('expired')}
      </span>
    );
  }
  return (
    <span className={cn('inline-flex items-center gap-1.5', left <= SOON_SECONDS && 'text-amber', className)}>
      <Clock aria-hidden className="size-4 shrink-0" />
      {t('expiresIn', { time: duration(t, left) })}
    </span>
  );
}

function duration(t: ReturnType<typeof useTranslations<'common'>>, seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days >= 3) return t('duration.days', { days });
  if (days > 0) return t('duration.daysHours', { days, hours });
  if (hours > 0) return t('duration.hoursMinutes', { hours, minutes });
  if (minutes > 0) return t('duration.minutesSeconds', { minutes, seconds: seconds % 60 });
  return t('duration.seconds', { seconds });
}
