import { getTranslations } from 'next-intl/server';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { countPendingApprovals } from '@/lib/approvals/list-approvals';
import type { Context } from '@/lib/context';

/** That requests wait for an admin, where admins look. */
export async function PendingApprovals({
  ctx,
  accountId,
  className,
}: {
  ctx: Context;
  accountId: string;
  className?: string;
}) {
  const count = await countPendingApprovals(ctx, accountId);
  if (count === 0) return null;
  const t = await getTranslations('quotaRules.approvals');
  return (
    <Notice
      className={className}
      title={t('pendingLink', { count })}
      action={
        <Link href="/quota/approvals" className="text-accent underline underline-offset-3">
          {t('pendingAction')}
        </Link>
      }
    />
  );
}
