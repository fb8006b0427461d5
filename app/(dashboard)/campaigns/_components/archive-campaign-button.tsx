'use client';

import { useTranslations } from 'next-intl';
import { ArchiveButton } from '@/components/form/archive-button';
import type { CampaignDto } from '@/lib/campaigns/types';
import { archiveCampaignAction, unarchiveCampaignAction } from '../actions';

export function ArchiveCampaignButton({ campaign, iconOnly }: { campaign: CampaignDto; iconOnly?: boolean }) {
  const t = useTranslations('campaigns');
  const { name } = campaign;
  const input = { accountId: campaign.accountId, campaignId: campaign.id };
  return (
    <ArchiveButton
      name={name}
      isArchived={campaign.archivedAt !== null}
      archive={() => archiveCampaignAction(input)}
      unarchive={() => unarchiveCampaignAction(input)}
      done={{ archived: t('archived', { name }), unarchived: t('unarchived', { name }) }}
      iconOnly={iconOnly}
    />
  );
}
