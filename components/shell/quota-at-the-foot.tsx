import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Link } from '@/components/ui/link';
import { type QuotaCounts, QuotaGauge } from '@/components/ui/quota-gauge';

export type ShellQuota = QuotaCounts;

/** Below a tenth of the cap it warns. */
const LOW_SHARE = 0.1;

/** The permanent slots of the chosen account: what is left, always in sight. */
export function QuotaAtTheFoot({ quota }: { quota: ShellQuota | null }) {
  const t = useTranslations('shell.quota');
  if (!quota) return <p className="px-1 text-sm text-muted">{t('none')}</p>;
  const low = quota.remaining < quota.cap * LOW_SHARE;
  return (
    <Link
      href="/quota"
      className="-m-1 block rounded-md p-2 hover:bg-hover"
      data-quota-remaining={quota.remaining}
    >
      <span className="flex items-center justify-between gap-2 text-sm text-muted">
        {t('label')}
        {low ? (
          <span className="inline-flex items-center gap-1 text-amber">
            <TriangleAlert aria-hidden className="size-3.5" />
            {quota.remaining === 0 ? t('empty') : t('low')}
          </span>
        ) : null}
      </span>
      <span className="mb-2 block">{t('left', { remaining: quota.remaining, cap: quota.cap })}</span>
      <QuotaGauge counts={quota} legend={false} />
    </Link>
  );
}
