import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names';

const looks: Record<'info' | 'warning' | 'error', { icon: LucideIcon; box: string; sign: string }> = {
  info: { icon: Info, box: 'border-line bg-sunken', sign: 'text-muted' },
  warning: { icon: TriangleAlert, box: 'border-amber bg-amber-soft', sign: 'text-amber' },
  error: { icon: CircleAlert, box: 'border-red bg-red-soft', sign: 'text-red' },
};

/** Something to know before going on, said where it matters. An error is announced as soon as it appears. */
export function Notice({
  tone = 'info',
  title,
  children,
  action,
  className,
}: {
  tone?: 'info' | 'warning' | 'error';
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const { icon: Icon, box, sign } = looks[tone];
  return (
    <div
      role={tone === 'error' ? 'alert' : undefined}
      className={cn('flex gap-3 rounded-md border p-3', box, className)}
    >
      <Icon aria-hidden className={cn('mt-1 size-4 shrink-0', sign)} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="text-pretty">{children}</div> : null}
        {action ? <div className="mt-2">{action}</div> : null}
      </div>
    </div>
  );
}
