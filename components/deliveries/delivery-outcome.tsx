import { CircleCheck, CircleX, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { DeliveryDto } from '@/lib/deliveries/types';

const looks = {
  waiting: { tone: 'neutral', icon: Clock },
  delivered: { tone: 'accent', icon: CircleCheck },
  failed: { tone: 'red', icon: CircleX },
} as const;

/** What came of a message: its state, what went wrong with the last attempt, and what the other side said. */
export function DeliveryOutcome({ delivery }: { delivery: DeliveryDto }) {
  const t = useTranslations('deliveries');
  const { state, lastError, lastStatus, lastAnswer } = delivery;
  const { tone, icon: Icon } = looks[state];
  return (
    <div className="grid justify-items-start gap-1">
      <Badge tone={state === 'waiting' && lastError ? 'amber' : tone}>
        <Icon aria-hidden />
        {t(`states.${state}`)}
        {state === 'delivered' && lastStatus !== null ? ` · ${lastStatus}` : null}
      </Badge>
      {lastError ? (
        <p className="max-w-prose text-sm text-muted">
          {t(`errors.${lastError}`, { status: lastStatus ?? 'absent' })}
        </p>
      ) : null}
      {lastError && lastAnswer ? (
        <p className="max-w-prose text-sm wrap-anywhere text-muted">
          {t('answered', { answer: lastAnswer })}
        </p>
      ) : null}
    </div>
  );
}
