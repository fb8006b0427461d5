'use client';

import { useTranslations } from 'next-intl';
import { ArchiveButton } from '@/components/form/archive-button';
import type { ChannelDto } from '@/lib/channels/types';
import { archiveChannelAction, unarchiveChannelAction } from '../actions';

export function ArchiveChannelButton({ channel, iconOnly }: { channel: ChannelDto; iconOnly?: boolean }) {
  const t = useTranslations('channels');
  const { name } = channel;
  const input = { accountId: channel.accountId, channelId: channel.id };
  return (
    <ArchiveButton
      name={name}
      isArchived={channel.archivedAt !== null}
      archive={() => archiveChannelAction(input)}
      unarchive={() => unarchiveChannelAction(input)}
      done={{ archived: t('archived', { name }), unarchived: t('unarchived', { name }) }}
      iconOnly={iconOnly}
    />
  );
}
