import { cn } from '@/components/ui/class-names';

export type FunnelStep = { key: string; name: string; value: number; shown: string; note: string };

/** Steps of which each keeps a part of the one before; a step that is not known yet has an empty outline. */
export function FunnelChart({ steps, label }: { steps: readonly FunnelStep[]; label: string }) {
  const max = Math.max(1, ...steps.map(({ value }) => value));
  return (
    <ol aria-label={label} className="grid gap-3">
      {steps.map(({ key, name, value, shown, note }) => (
        <li key={key}>
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span>{name}</span>
            <span>
              <span className="mr-2 text-sm text-muted">{note}</span>
              <span className="font-semibold">{shown}</span>
            </span>
          </div>
          <div aria-hidden className="mt-1 flex h-5 justify-center bg-sunken">
            <div
              className={cn('h-full bg-accent/45', value > 0 && 'border-x-2 border-accent')}
              style={{ width: `${(100 * value) / max}%` }}
            />
          </div>
        </li>
      ))}
    </ol>
  );
}
