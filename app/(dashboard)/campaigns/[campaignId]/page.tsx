import { Pencil, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { CodeSection } from '@/components/codes/code-section';
import { Button } from '@/components/ui/button';
import { Figure } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { StatusBadge } from '@/components/ui/status-badge';
import { getCampaign } from '@/lib/campaigns/get-campaign';
import { campaignStatus } from '@/lib/campaigns/types';
import { listCodes } from '@/lib/codes/list-codes';
import { formatDate, formatNumber, localDate } from '@/lib/i18n/format';
import { getReplyOfCampaign } from '@/lib/replies/get-replies';
import { orNotFound } from '@/lib/web/page-context';
import { ScanPicture } from '../../_components/scan-picture';
import { pageAccount } from '../../page-account';
import { ArchiveCampaignButton } from '../_components/archive-campaign-button';
import { CampaignDates } from '../_components/campaign-dates';
import { CampaignDialog } from '../_components/campaign-dialog';
import { CampaignReply } from '../_components/campaign-reply';

type Props = { params: Promise<{ campaignId: string }> };

const SHOWN_CODES = 20;

const loadCampaign = cache(async (campaignId: string) => {
  const { ctx, account } = await pageAccount();
  return orNotFound(getCampaign(ctx, account.id, campaignId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadCampaign((await params).campaignId)).name };
}

export default async function CampaignPage({ params }: Props) {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const campaign = await loadCampaign((await params).campaignId);
  const t = await getTranslations('campaigns');
  const common = await getTranslations('common.actions');
  const budget = await getTranslations('quotaRules.budget');
  const locale = await getLocale();
  const codes = await listCodes(ctx, account.id, { campaignId: campaign.id, limit: SHOWN_CODES });
  const reply = await getReplyOfCampaign(ctx, account.id, campaign.id);
  const newCode = mayWrite && !campaign.archivedAt && (
    <Button asChild>
      <Link href={`/codes/new?campaignId=${campaign.id}`} data-shortcut="create">
        <Plus aria-hidden />
        {t('detail.newCode')}
      </Link>
    </Button>
  );

  return (
    <>
      <PageHeader
        title={campaign.name}
        text={campaign.note ? <span className="whitespace-pre-line">{campaign.note}</span> : undefined}
        badge={<StatusBadge status={campaignStatus(campaign, localDate(now, account.timeZone))} />}
        back={{ href: '/campaigns', label: t('title') }}
        action={
          mayWrite ? (
            <>
              <CampaignDialog
                accountId={account.id}
                campaign={campaign}
                trigger={
                  <Button variant="secondary">
                    <Pencil aria-hidden />
                    {common('edit')}
                  </Button>
                }
              />
              <ArchiveCampaignButton campaign={campaign} />
              {newCode}
            </>
          ) : undefined
        }
      />
      {campaign.archivedAt ? <Notice className="mb-6">{t('archivedNotice')}</Notice> : null}
      <div className="mb-8 flex flex-wrap gap-x-10 gap-y-4">
        <Figure
          size="medium"
          label={t('detail.codeCount')}
          value={formatNumber(campaign.codeCount, locale)}
        />
        <Figure
          size="medium"
          label={t('columns.dates')}
          value={<CampaignDates startsOn={campaign.startsOn} endsOn={campaign.endsOn} />}
        />
        <Figure
          size="medium"
          label={budget('figure')}
          value={formatNumber(campaign.slotsSpent, locale)}
          unit={
            campaign.slotBudget === null
              ? budget('none')
              : budget('of', { budget: formatNumber(campaign.slotBudget, locale) })
          }
        />
        <Figure size="medium" label={t('columns.owner')} value={campaign.owner?.name ?? '–'} />
        <Figure
          size="medium"
          label={t('columns.created')}
          value={formatDate(campaign.createdAt, locale, account.timeZone)}
        />
      </div>
      <div className="mb-8">
        <ScanPicture ctx={ctx} accountId={account.id} of={{ campaignId: campaign.id }} />
      </div>
      <div className="mb-8">
        <CampaignReply
          accountId={account.id}
          campaign={campaign}
          reply={reply}
          example={codes.items[0] ?? null}
          accountName={account.name}
          mayWrite={mayWrite}
        />
      </div>
      <CodeSection
        codes={codes}
        title={t('detail.codes')}
        text={t('detail.codesText')}
        all={{
          href: `/codes?campaignId=${campaign.id}`,
          label: t('detail.allCodes', { count: campaign.codeCount }),
        }}
        empty={{
          title: t('detail.noCodes'),
          text: t('detail.noCodesText'),
          action: newCode || undefined,
        }}
        now={now}
        timeZone={account.timeZone}
        hide={['campaign', 'created']}
      />
    </>
  );
}
