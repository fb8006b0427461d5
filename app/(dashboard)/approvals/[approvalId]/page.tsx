import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { getApproval } from '@/lib/approvals/get-approval';
import { getCampaign } from '@/lib/campaigns/get-campaign';
import { describeError } from '@/lib/i18n/describe-error';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import { mayManage } from '@/lib/people/types';
import { getQuotaCounts } from '@/lib/quota/get-quota';
import { orNotFound } from '@/lib/web/page-context';
import { pageAccount } from '../../page-account';
import { ApprovalBadge } from '../_components/approval-badge';
import { DecisionForm } from './_components/decision-form';

type Props = { params: Promise<{ approvalId: string }> };

const loadApproval = cache(async (approvalId: string) => {
  const { ctx, account } = await pageAccount();
  return orNotFound(getApproval(ctx, account.id, approvalId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('quotaRules.approvals');
  const { slots, campaign } = await loadApproval((await params).approvalId);
  return { title: t('name', { slots, campaign: campaign.name }) };
}

/** What is asked, what it costs, and the decision. */
export default async function ApprovalPage({ params }: Props) {
  const { ctx, account, mayWrite } = await pageAccount();
  const approval = await loadApproval((await params).approvalId);
  const t = await getTranslations('quotaRules.approvals');
  const errors = await getTranslations('errors');
  const locale = await getLocale();
  const { slots, campaign, state, decided, requestedBy, fileName, labelTemplate } = approval;
  const [{ remaining }, { slotBudget, slotsSpent }] = await Promise.all([
    getQuotaCounts(ctx, account.id),
    getCampaign(ctx, account.id, campaign.id),
  ]);
  const show = (moment: string) => formatDateTime(moment, locale, account.timeZone);
  const isOpen = state === 'pending' || state === 'failed' || approval.isStuck;
  const manages = mayManage(ctx.actor);
  const isOwn = 'id' in ctx.actor && ctx.actor.id === requestedBy.id;
  const who = requestedBy.kind === 'apiKey' ? t('key', { name: requestedBy.name }) : requestedBy.name;
  const figures = { slots: formatNumber(slots, locale), remaining: formatNumber(remaining, locale) };
  const facts = [
    {
      key: 'campaign',
      label: t('campaign'),
      value: (
        <Link href={`/campaigns/${campaign.id}`} className="hover:text-accent hover:underline">
          {campaign.name}
        </Link>
      ),
    },
    { key: 'slots', label: t('slots'), value: figures.slots },
    { key: 'source', label: t('source'), value: t(`sources.${approval.source}`) },
    ...(fileName ? [{ key: 'file', label: t('file'), value: fileName }] : []),
    ...(labelTemplate ? [{ key: 'template', label: t('template'), value: labelTemplate }] : []),
    { key: 'who', label: t('who'), value: t('decidedBy', { who, when: show(approval.createdAt) }) },
    ...(decided
      ? [
          {
            key: 'decided',
            label: t('decided'),
            value: t('decidedBy', { who: decided.by, when: show(decided.at) }),
          },
        ]
      : []),
    ...(decided?.note
      ? [
          {
            key: 'note',
            label: t('note'),
            value: <span className="whitespace-pre-line">{decided.note}</span>,
          },
        ]
      : []),
  ];

  return (
    <>
      <PageHeader
        title={t('name', { slots, campaign: campaign.name })}
        badge={<ApprovalBadge state={state} />}
        text={t('askedBy', { who, when: show(approval.createdAt) })}
        back={{ href: '/quota/approvals', label: t('title') }}
      />
      <div className="grid max-w-3xl gap-6">
        {outcome()}
        <Card title={t('facts')}>
          <DescriptionList items={facts} />
          {isOpen ? (
            <div className="mt-4 grid gap-2">
              <Notice tone={slots > remaining ? 'error' : 'warning'}>
                {slots > remaining ? t('costTooMany', figures) : t('cost', figures)}
              </Notice>
              {slotBudget === null ? null : (
                <p className="text-muted">
                  {t('budget', {
                    spent: formatNumber(slotsSpent, locale),
                    budget: formatNumber(slotBudget, locale),
                  })}
                </p>
              )}
            </div>
          ) : null}
        </Card>
        {isOpen && (manages || (mayWrite && isOwn)) ? (
          <DecisionForm
            accountId={account.id}
            approvalId={approval.id}
            mayDecide={manages}
            mayWithdraw={state !== 'approved' && (isOwn || manages)}
            mayRefuse={state !== 'approved'}
            isAgain={state !== 'pending'}
          />
        ) : null}
      </div>
    </>
  );

  function outcome() {
    if (approval.batchId) {
      return (
        <Notice
          title={t('approvedText')}
          action={
            <Button asChild variant="secondary" size="sm">
              <Link href={`/batches/${approval.batchId}`}>{t('toBatch')}</Link>
            </Button>
          }
        />
      );
    }
    if (approval.failure) {
      return (
        <Notice tone="error" title={t('failedTitle')}>
          {describeError(errors, approval.failure)}
        </Notice>
      );
    }
    if (approval.isStuck) return <Notice tone="warning">{t('stuck')}</Notice>;
    if (state === 'approved') return <Notice>{t('making')}</Notice>;
    if (state === 'refused') return <Notice>{t('refusedText')}</Notice>;
    if (state === 'withdrawn') return <Notice>{t('withdrawnText')}</Notice>;
    return <Notice>{t('pendingText')}</Notice>;
  }
}
