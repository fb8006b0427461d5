import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div aria-hidden>
      <Skeleton className="mb-2 h-5 w-20" />
      <Skeleton className="mb-6 h-8 w-64" />
      <div className="grid gap-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
        <Skeleton className="h-112 rounded-lg" />
        <Skeleton className="h-112 rounded-lg" />
      </div>
    </div>
  );
}
