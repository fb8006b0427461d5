import type { ReactNode } from 'react';

/** Facts of one thing: a name and a value each. */
export function DescriptionList({
  items,
}: {
  items: readonly { key: string; label: ReactNode; value: ReactNode }[];
}) {
  return (
    <dl className="divide-y divide-line">
      {items.map(({ key, label, value }) => (
        <div key={key} className="grid gap-x-4 py-2 sm:grid-cols-[9rem_1fr]">
          <dt className="text-sm leading-6 text-muted">{label}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
