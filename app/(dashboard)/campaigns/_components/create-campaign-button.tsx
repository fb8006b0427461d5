'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { CampaignDialog } from './campaign-dialog';

export function CreateCampaignButton({
  accountId,
  shortcut = false,
}: {
  accountId: string;
  shortcut?: boolean;
}) {
  const t = useTranslations('campaigns');
  const router = useRouter();
  return (
    <CampaignDialog
      accountId={accountId}
      onMade={({ id }) => router.push(`/campaigns/${id}`)}
      trigger={
        <Button data-shortcut={shortcut ? 'create' : undefined}>
          <Plus aria-hidden />
          {t('create')}
        </Button>
      }
    />
  );
}
