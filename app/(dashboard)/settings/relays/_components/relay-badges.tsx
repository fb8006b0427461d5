import { CircleCheck, MessageSquareReply, OctagonAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { RelayDto } from '@/lib/relays/types';

/** Whether it is on, and whether it is the one that answers. */
export function RelayState({ relay }: { relay: Pick<RelayDto, 'enabled'> }) {
  const t = useTranslations('relays.state');
  return relay.enabled ? (
    <Badge tone="accent">
      <CircleCheck aria-hidden />
      {t('on')}
    </Badge>
  ) : (
    <Badge>
      <OctagonAlert aria-hidden />
      {t('off')}
    </Badge>
  );
}

export function RelayAnswers({ relay }: { relay: Pick<RelayDto, 'answers'> }) {
  const t = useTranslations('relays');
  return relay.answers ? (
    <Badge tone="outline">
      <MessageSquareReply aria-hidden />
      {t('answering')}
    </Badge>
  ) : (
    <span className="text-muted">{t('receiving')}</span>
  );
}
