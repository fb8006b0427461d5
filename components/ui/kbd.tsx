import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-6 min-w-6 place-items-center rounded-sm border border-line-strong bg-surface px-1.5 font-sans text-sm">
      {children}
    </kbd>
  );
}
