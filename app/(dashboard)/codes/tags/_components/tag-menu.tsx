'use client';

import { ChartLine, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { Link } from '@/components/ui/link';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { TagDto } from '@/lib/tags/types';
import { deleteTagAction } from '../actions';
import { TagDialog } from './tag-dialog';

/** What may be done to one tag. */
export function TagMenu({ tag }: { tag: TagDto }) {
  const t = useTranslations('tags');
  const { sentenceOf } = useErrorSentences();
  const [opened, setOpened] = useState<'edit' | 'remove' | null>(null);
  const { id: tagId, accountId, name, codeCount, markedFollowers } = tag;

  const remove = async () => {
    const result = await deleteTagAction({ accountId, tagId });
    if (result.ok) notify(t('removed', { name }));
    else notifyError(sentenceOf(result.error));
  };

  return (
    <>
      <DropdownMenu
        label={t('menu', { name })}
        trigger={
          <Button variant="quiet" size="icon" aria-label={t('menu', { name })}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setOpened('edit')}>
          <Pencil aria-hidden />
          {t('edit')}
        </MenuItem>
        <MenuItem asChild>
          <Link href={`/analytics?tagId=${tagId}`}>
            <ChartLine aria-hidden />
            {t('analytics')}
          </Link>
        </MenuItem>
        <MenuSeparator />
        <MenuItem tone="danger" onSelect={() => setOpened('remove')}>
          <Trash2 aria-hidden />
          {t('remove')}
        </MenuItem>
      </DropdownMenu>
      <TagDialog
        key={`${name} ${tag.marksFollowers}`}
        accountId={accountId}
        tag={tag}
        open={opened === 'edit'}
        onOpenChange={(open) => setOpened(open ? 'edit' : null)}
      />
      <ConfirmDialog
        open={opened === 'remove'}
        onOpenChange={(open) => setOpened(open ? 'remove' : null)}
        title={t('removeTitle', { name })}
        text={t('removeText', { codes: codeCount, marked: markedFollowers })}
        confirmLabel={t('removeConfirm')}
        onConfirm={remove}
      />
    </>
  );
}
