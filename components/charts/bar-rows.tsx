import type { ReactNode } from 'react';
import { cn } from '@/components/ui/class-names';
import { Link } from '@/components/ui/link';

export type BarRow = {
  key: string;
  name: string;
  value: number;
  /** As the person reads it: "≈ 1,284". */
  shown: string;
  note?: ReactNode;
  /** Where a click drills down to. */
  href?: string;
};

/** Bars with their names and figures written on them, longest first as they come. */
export function BarRows({ rows, label }: { rows: readonly BarRow[]; label: string }) {
  const max = Math.max(1, ...rows.map(({ value }) => Math.abs(value)));
  return (
    <ul aria-label={label} className="grid gap-1">
      {rows.map(({ key, name, value, shown, note, href }) => (
        <li key={key} className="relative rounded-sm px-2 py-1.5 has-[a:hover]:bg-hover">
          <div className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate">
              {href ? (
                <Link href={href} className="after:absolute after:inset-0 hover:text-accent hover:underline">
                  {name}
                </Link>
              ) : (
                name
              )}
            </span>
            <span className="shrink-0">
              {note ? <span className="mr-3 text-sm text-muted">{note}</span> : null}
              <span className="font-semibold">{shown}</span>
            </span>
          </div>
          <div aria-hidden className="mt-1 h-2 bg-sunken">
            <div
              className={cn('h-full bg-accent/45', value !== 0 && 'border-r-2 border-accent')}
              style={{ width: `${(100 * Math.abs(value)) / max}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
