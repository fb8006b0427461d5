import { Skeleton } from '@/components/ui/skeleton';

/** The shape of the list of designs. */
export default function Loading() {
  return (
    <div aria-hidden>
      <div className="mb-6">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="mt-2 h-5 w-full max-w-96" />
      </div>
      <Skeleton className="mb-4 h-10 w-full sm:h-9 sm:w-72" />
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {['a', 'b', 'c'].map((key) => (
          <Skeleton key={key} className="h-42 w-full" />
        ))}
      </div>
    </div>
  );
}
