import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div className="grid gap-4 lg:grid-cols-[1fr_22rem]">
      <Skeleton className="h-[34rem] rounded-lg" />
      <Skeleton className="h-80 rounded-lg" />
    </div>
  );
}
