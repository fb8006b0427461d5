'use client';

import { Archive, ArchiveRestore } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useUndoable } from '@/components/form/use-undoable';
import { Button } from '@/components/ui/button';
import type { CampaignDto } from '@/lib/campaigns/types';
import { archiveCampaignAction, unarchiveCampaignAction } from '../actions';

/** @param iconOnly  in a row, where the row says which */
export function ArchiveCampaignButton({
  campaign,
  iconOnly = false,
}: {
  campaign: CampaignDto;
  iconOnly?: boolean;
}) {
  const t = useTranslations('campaigns');
  const common = useTranslations('common.actions');
  const { pending, run } = useUndoable();
  const { name } = campaign;
  const input = { accountId: campaign.accountId, campaignId: campaign.id };
  const archived = campaign.archivedAt !== null;
  const label = archived ? common('restore') : common('archive');
  const Icon = archived ? ArchiveRestore : Archive;

  const act = () =>
    run(
      archived
        ? {
            do: () => unarchiveCampaignAction(input),
            undo: () => archiveCampaignAction(input),
            sentence: t('unarchived', { name }),
          }
        : {
            do: () => archiveCampaignAction(input),
            undo: () => unarchiveCampaignAction(input),
            sentence: t('archived', { name }),
          },
    );

  return (
    <Button
      variant={iconOnly ? 'quiet' : 'secondary'}
      size={iconOnly ? 'icon' : 'md'}
      pending={pending}
      aria-label={iconOnly ? `${label}: ${name}` : undefined}
      title={iconOnly ? label : undefined}
      onClick={act}
    >
      <Icon aria-hidden />
      {iconOnly ? null : label}
    </Button>
  );
}
