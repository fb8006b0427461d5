'use client';

import { Archive, ArchiveRestore } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useUndoable } from '@/components/form/use-undoable';
import { Button } from '@/components/ui/button';
import type { ChannelDto } from '@/lib/channels/types';
import { archiveChannelAction, unarchiveChannelAction } from '../actions';

/** @param iconOnly  in a row, where the row says which */
export function ArchiveChannelButton({
  channel,
  iconOnly = false,
}: {
  channel: ChannelDto;
  iconOnly?: boolean;
}) {
  const t = useTranslations('channels');
  const common = useTranslations('common.actions');
  const { pending, run } = useUndoable();
  const { name } = channel;
  const input = { accountId: channel.accountId, channelId: channel.id };
  const archived = channel.archivedAt !== null;
  const label = archived ? common('restore') : common('archive');
  const Icon = archived ? ArchiveRestore : Archive;

  const act = () =>
    run(
      archived
        ? {
            do: () => unarchiveChannelAction(input),
            undo: () => archiveChannelAction(input),
            sentence: t('unarchived', { name }),
          }
        : {
            do: () => archiveChannelAction(input),
            undo: () => unarchiveChannelAction(input),
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
