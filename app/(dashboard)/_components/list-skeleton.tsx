import { Skeleton } from '@/components/ui/skeleton';

/** The shape of a list page while its rows come: head, controls, rows of their later height. */
export function ListSkeleton({ rows = 8, symbols = false }: { rows?: number; symbols?: boolean }) {
  return (
    <div aria-hidden>
      <div className="mb-6">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="mt-2 h-5 w-full max-w-96" />
      </div>
      <Skeleton className="mb-4 h-10 w-full sm:h-9 sm:w-72" />
      <div className="grid gap-2 md:gap-0">
        {Array.from({ length: rows }, (_, row) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have nothing else
            key={row}
            className="flex h-28 items-center gap-4 rounded-lg border border-line px-2 md:h-16 md:rounded-none md:border-0 md:border-b"
          >
            {symbols ? <Skeleton className="size-11 shrink-0" /> : null}
            <Skeleton className="h-5 w-2/5" />
            <Skeleton className="ml-auto h-5 w-1/5" />
          </div>
        ))}
      </div>
    </div>
  );
}
