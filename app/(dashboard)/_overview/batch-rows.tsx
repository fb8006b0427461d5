import { useTranslations } from 'next-intl';
import { RowLink } from '@/components/ui/row-link';
import type { BatchDto } from '@/lib/batches/types';
import { BatchBadge } from '../batches/_components/batch-badge';
import { BatchBar } from '../batches/_components/batch-bar';
import { batchName, wantedOf } from '../batches/_components/batch-figures';

/** What is under way, and how far. */
export function BatchRows({ batches }: { batches: readonly BatchDto[] }) {
  const t = useTranslations('batches');
  return (
    <ul className="divide-y divide-line">
      {batches.map((batch) => (
        <li key={batch.id} data-row="" className="py-2">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <RowLink href={`/batches/${batch.id}`}>{batchName(t, batch)}</RowLink>
            <span className="min-w-0 flex-1 truncate text-sm text-muted">
              {batch.campaign?.name ?? t('noCampaign')}
            </span>
            <span className="text-sm text-muted">
              {t('issuedOf', { issued: batch.issued, total: wantedOf(batch) })}
            </span>
            <BatchBadge batch={batch} />
          </div>
          <div className="mt-2">
            <BatchBar batch={batch} />
          </div>
        </li>
      ))}
    </ul>
  );
}
