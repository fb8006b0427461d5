import { getLocale, getTranslations } from 'next-intl/server';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { Context } from '@/lib/context';
import { formatNumber } from '@/lib/i18n/format';
import { getQuotaCounts } from '@/lib/quota/get-quota';
import { findRaisedThreshold } from '@/lib/quota/thresholds';

/** Where permanent slots are about to be spent: that few are left, as soon as a threshold stands. */
export async function QuotaAlert({
  ctx,
  accountId,
  linked = true,
}: {
  ctx: Context;
  accountId: string;
  /** Off on the quota page itself. */
  linked?: boolean;
}) {
  const percent = await findRaisedThreshold(ctx, accountId);
  if (percent === null) return null;
  const [{ remaining, cap }, t, locale] = await Promise.all([
    getQuotaCounts(ctx, accountId),
    getTranslations('quota.alert'),
    getLocale(),
  ]);
  return (
    <Notice
      tone="warning"
      className="mb-6"
      title={t('title', { percent: `${percent}%` })}
      action={
        linked ? (
          <Link href="/quota" className="text-accent underline">
            {t('link')}
          </Link>
        ) : undefined
      }
    >
      {t('text', { remaining: formatNumber(remaining, locale), cap: formatNumber(cap, locale) })}
    </Notice>
  );
}
