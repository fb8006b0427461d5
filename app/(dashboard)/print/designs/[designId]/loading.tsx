import { Skeleton } from '@/components/ui/skeleton';

/** The shape of a design: its form, and the drawing beside it. */
export default function Loading() {
  return (
    <div aria-hidden>
      <div className="mb-6">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="mt-2 h-7 w-56" />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="grid gap-4 max-lg:order-2">
          <Skeleton className="h-80 w-full" />
          <Skeleton className="h-72 w-full" />
        </div>
        <Skeleton className="h-112 w-full max-lg:order-1" />
      </div>
    </div>
  );
}
