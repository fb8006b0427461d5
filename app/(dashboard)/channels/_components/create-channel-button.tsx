'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ChannelDialog } from './channel-dialog';

export function CreateChannelButton({
  accountId,
  columnNames,
}: {
  accountId: string;
  columnNames: readonly string[];
}) {
  const t = useTranslations('channels');
  const router = useRouter();
  return (
    <ChannelDialog
      accountId={accountId}
      columnNames={columnNames}
      // One makes many shops in a row, so the list stays.
      onMade={() => router.refresh()}
      trigger={
        <Button data-shortcut="create">
          <Plus aria-hidden />
          {t('create')}
        </Button>
      }
    />
  );
}
