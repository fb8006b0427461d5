import { Skeleton } from '@/components/ui/skeleton';

/** The shape of the page: head, the gauge's card, the card of today's calls. */
export default function Loading() {
  return (
    <div aria-hidden>
      <div className="mb-6">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="mt-2 h-5 w-full max-w-96" />
      </div>
      <Skeleton className="mb-6 h-96 w-full rounded-lg" />
      <Skeleton className="h-40 w-full rounded-lg" />
    </div>
  );
}
