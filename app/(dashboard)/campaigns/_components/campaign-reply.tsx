'use client';

import { useTranslations } from 'next-intl';
import { ReplyCard } from '@/components/replies/reply-card';
import type { CampaignDto } from '@/lib/campaigns/types';
import { sceneText } from '@/lib/codes/format';
import type { CodeDto } from '@/lib/codes/types';
import type { ReplyDto } from '@/lib/replies/types';
import { removeReplyOfCampaignAction, setReplyOfCampaignAction } from '../actions';

/** What scans of a campaign's codes are answered with, shown for one of them. */
export function CampaignReply({
  accountId,
  campaign,
  reply,
  example,
  accountName,
  mayWrite,
}: {
  accountId: string;
  campaign: Pick<CampaignDto, 'id' | 'name'>;
  reply: ReplyDto | null;
  /** One of its codes; null: it has none yet. */
  example: Pick<CodeDto, 'label' | 'channel' | 'scene'> | null;
  accountName: string;
  mayWrite: boolean;
}) {
  const t = useTranslations('replies.sample');
  const ids = { accountId, campaignId: campaign.id };
  return (
    <ReplyCard
      of="campaign"
      replies={{ own: reply, ofCampaign: null, applies: reply?.enabled ? 'own' : null }}
      values={{
        campaign: campaign.name,
        label: example?.label ?? t('label'),
        channel: example ? (example.channel?.name ?? '') : t('channel'),
        scene: example ? sceneText(example.scene) : t('scene'),
      }}
      accountName={accountName}
      mayWrite={mayWrite}
      save={(input) => setReplyOfCampaignAction({ ...ids, reply: input })}
      remove={() => removeReplyOfCampaignAction(ids)}
    />
  );
}
