import { CircleCheck, Clock, TimerOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { BindingState } from '@/lib/bindings/types';

const looks = {
  pending: { tone: 'neutral', Icon: Clock },
  scanned: { tone: 'accent', Icon: CircleCheck },
  expired: { tone: 'neutral', Icon: TimerOff },
} as const;

export function BindingStateBadge({ state }: { state: BindingState }) {
  const t = useTranslations('bindings.state');
  const { tone, Icon } = looks[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(state)}
    </Badge>
  );
}
