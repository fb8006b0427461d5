import { Skeleton } from '@/components/ui/skeleton';

/** The shape of the page: head, two cards. */
export default function Loading() {
  return (
    <div aria-hidden>
      <Skeleton className="h-7 w-40" />
      <Skeleton className="mt-2 mb-6 h-5 w-full max-w-96" />
      <Skeleton className="mb-6 h-72 w-full rounded-lg" />
      <Skeleton className="h-48 w-full rounded-lg" />
    </div>
  );
}
