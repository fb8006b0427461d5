import { cn } from './class-names';

/** A grey place of the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse-quiet rounded-sm bg-hover', className)} />;
}
