'use client';

import {
  createContext,
  type ReactNode,
  type TransitionStartFunction,
  useContext,
  useTransition,
} from 'react';
import { cn } from '@/components/ui/class-names';

const ListTransition = createContext<TransitionStartFunction>((run) => void run());

/** For what changes the list through the URL: the rows stay, paler, until the new ones are there. */
export const useListTransition = () => useContext(ListTransition);

export function ListFrame({ controls, children }: { controls: ReactNode; children: ReactNode }) {
  const [pending, startTransition] = useTransition();
  return (
    <ListTransition value={startTransition}>
      <div className="mb-4 flex flex-wrap items-center gap-2">{controls}</div>
      <div aria-busy={pending} className={cn('transition-opacity', pending && 'opacity-50')}>
        {children}
      </div>
    </ListTransition>
  );
}
