import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import type { BatchDto, BatchState } from '@/lib/batches/types';

const looks: Record<BatchState | 'stopped', { tone: BadgeTone; icon: LucideIcon }> = {
  queued: { tone: 'neutral', icon: CircleDashed },
  issuing: { tone: 'accent', icon: LoaderCircle },
  paused: { tone: 'amber', icon: CirclePause },
  stopped: { tone: 'red', icon: OctagonAlert },
  done: { tone: 'accent', icon: CircleCheck },
  failed: { tone: 'red', icon: CircleX },
  cancelled: { tone: 'neutral', icon: Ban },
};

/** The state of a batch as an icon and a word; one whose account is stopped says so. */
export function BatchBadge({ batch: { state, pause } }: { batch: Pick<BatchDto, 'state' | 'pause'> }) {
  const t = useTranslations('batches.state');
  const shown = pause?.reason === 'accountStopped' ? 'stopped' : state;
  const { tone, icon: Icon } = looks[shown];
  return (
    <Badge tone={tone} data-state={shown}>
      <Icon aria-hidden />
      {t(shown)}
    </Badge>
  );
}
