import type { ReactNode } from 'react';
import { cn } from './class-names';

/** One number that matters, with its name above and what it means below. */
export function Figure({
  label,
  value,
  unit,
  note,
  size = 'large',
  className,
}: {
  label: ReactNode;
  /** Already written for the person: "36,588". */
  value: ReactNode;
  unit?: ReactNode;
  note?: ReactNode;
  size?: 'large' | 'medium';
  className?: string;
}) {
  return (
    <div className={cn('min-w-0', className)}>
      <p className="text-sm text-muted">{label}</p>
      <p className={cn('font-semibold', size === 'large' ? 'text-2xl' : 'text-lg')}>
        {value}
        {unit ? <span className="ml-1 text-base font-normal text-muted">{unit}</span> : null}
      </p>
      {note ? <p className="text-sm text-pretty text-muted">{note}</p> : null}
    </div>
  );
}
