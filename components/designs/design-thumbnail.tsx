import { cn } from '@/components/ui/class-names';
import type { PrintDesignDto } from '@/lib/designs/types';

/** A sample in the design itself, drawn by the server; a new version has a new address. */
export function DesignThumbnail({
  design: { id, version, accountId },
  className,
}: {
  design: Pick<PrintDesignDto, 'id' | 'version' | 'accountId'>;
  className?: string;
}) {
  const query = new URLSearchParams({ version: String(version), accountId });
  return (
    // biome-ignore lint/performance/noImgElement: a drawing that scales by itself
    <img
      src={`/api/designs/${id}/image?${query}`}
      alt=""
      loading="lazy"
      className={cn('block size-full object-contain', className)}
    />
  );
}
