import {
  Archive,
  Ban,
  CalendarClock,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Clock,
  Flag,
  type LucideIcon,
  MailOpen,
  OctagonAlert,
  TimerOff,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Messages } from '@/lib/i18n/load-messages';
import { Badge, type BadgeTone } from './badge';

export type Status = keyof Messages['common']['status'];

const looks: Record<Status, { tone: BadgeTone; icon: LucideIcon }> = {
  issued: { tone: 'accent', icon: CircleCheck },
  reserved: { tone: 'neutral', icon: CircleDashed },
  failed: { tone: 'red', icon: CircleX },
  expired: { tone: 'neutral', icon: TimerOff },
  expiring: { tone: 'amber', icon: Clock },
  archived: { tone: 'neutral', icon: Archive },
  active: { tone: 'accent', icon: CircleCheck },
  planned: { tone: 'neutral', icon: CalendarClock },
  ended: { tone: 'neutral', icon: Flag },
  paused: { tone: 'amber', icon: CirclePause },
  stopped: { tone: 'red', icon: OctagonAlert },
  revoked: { tone: 'neutral', icon: Ban },
  invited: { tone: 'outline', icon: MailOpen },
};

/** A state as an icon and a word, so that it never hangs on colour. */
export function StatusBadge({ status, className }: { status: Status; className?: string }) {
  const t = useTranslations('common');
  const { tone, icon: Icon } = looks[status];
  return (
    <Badge tone={tone} className={className} data-status={status}>
      <Icon aria-hidden />
      {t(`status.${status}`)}
    </Badge>
  );
}
