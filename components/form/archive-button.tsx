'use client';

import { Archive, ArchiveRestore } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import type { Result } from '@/lib/result';
import { useUndoable } from './use-undoable';

/**
 * Archives a thing or brings it back, with the other as its undo.
 *
 * @param iconOnly  in a row, where the row says which
 * @param done  the sentence for each way
 */
export function ArchiveButton({
  name,
  isArchived,
  archive,
  unarchive,
  done,
  iconOnly = false,
}: {
  name: string;
  isArchived: boolean;
  archive: () => Promise<Result<unknown>>;
  unarchive: () => Promise<Result<unknown>>;
  done: { archived: string; unarchived: string };
  iconOnly?: boolean;
}) {
  const t = useTranslations('common.actions');
  const { pending, run } = useUndoable();
  const label = isArchived ? t('restore') : t('archive');
  const Icon = isArchived ? ArchiveRestore : Archive;
  const act = () =>
    run(
      isArchived
        ? { do: unarchive, undo: archive, sentence: done.unarchived }
        : { do: archive, undo: unarchive, sentence: done.archived },
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
