import {
  CircleCheck,
  CirclePause,
  ClipboardCheck,
  ClipboardList,
  Gauge,
  Hourglass,
  type LucideIcon,
  Printer,
  Unplug,
} from 'lucide-react';
import { cn } from '@/components/ui/class-names';
import type { NotificationKind } from '@/lib/notifications/types';

const icons: Record<NotificationKind, { icon: LucideIcon; tone: string }> = {
  'quota.threshold': { icon: Gauge, tone: 'text-amber' },
  'approval.requested': { icon: ClipboardList, tone: 'text-accent' },
  'approval.decided': { icon: ClipboardCheck, tone: 'text-accent' },
  'account.stopped': { icon: CirclePause, tone: 'text-red' },
  'batch.finished': { icon: CircleCheck, tone: 'text-accent' },
  'export.finished': { icon: Printer, tone: 'text-accent' },
  'codes.expiring': { icon: Hourglass, tone: 'text-amber' },
  'webhook.disabled': { icon: Unplug, tone: 'text-red' },
};

/** The sign of a kind; its name stands in the words beside it. */
export function KindIcon({ kind, className }: { kind: NotificationKind; className?: string }) {
  const { icon: Icon, tone } = icons[kind];
  return <Icon aria-hidden className={cn('size-5 shrink-0', tone, className)} />;
}
