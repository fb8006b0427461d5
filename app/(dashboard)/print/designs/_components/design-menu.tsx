'use client';

import { Archive, ArchiveRestore, Copy, MoreHorizontal, Printer, Star, StarOff } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { useUndoable } from '@/components/form/use-undoable';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { Link } from '@/components/ui/link';
import { notify, notifyError } from '@/components/ui/toast';
import type { PrintDesignDto } from '@/lib/designs/types';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import {
  archiveDesignAction,
  chooseDefaultDesignAction,
  duplicateDesignAction,
  unarchiveDesignAction,
} from '../actions';

/** What can be done with a design as a whole. */
export function DesignMenu({
  design,
}: {
  design: Pick<PrintDesignDto, 'id' | 'accountId' | 'name' | 'isDefault' | 'archivedAt'>;
}) {
  const t = useTranslations('designs');
  const common = useTranslations('common.actions');
  const router = useRouter();
  const { sentenceOf } = useErrorSentences();
  const { pending, run } = useUndoable();
  const [isCopying, startCopying] = useTransition();
  const { id: designId, accountId, name, isDefault, archivedAt } = design;
  const input = { accountId, designId };

  const archive = { do: () => archiveDesignAction(input), undo: () => unarchiveDesignAction(input) };
  const toggleArchived = () =>
    run(
      archivedAt === null
        ? { ...archive, sentence: t('archived', { name }) }
        : { do: archive.undo, undo: archive.do, sentence: t('unarchived', { name }) },
    );
  const toggleDefault = () =>
    run({
      do: () => chooseDefaultDesignAction({ accountId, designId: isDefault ? null : designId }),
      undo: () => chooseDefaultDesignAction({ accountId, designId: isDefault ? designId : null }),
      sentence: isDefault ? t('defaultCleared', { name }) : t('defaultChosen', { name }),
    });
  const duplicate = () =>
    startCopying(async () => {
      const copy = await duplicateDesignAction(input);
      if (!copy.ok) {
        notifyError(sentenceOf(copy.error));
        return;
      }
      notify(t('duplicated', { name: copy.value.name }));
      router.push(`/print/designs/${copy.value.id}`);
    });

  return (
    <DropdownMenu
      label={common('more')}
      trigger={
        <Button
          variant="quiet"
          size="icon"
          pending={pending || isCopying}
          aria-label={`${common('more')}: ${name}`}
          className="-mt-1 -mr-2"
        >
          <MoreHorizontal aria-hidden />
        </Button>
      }
    >
      {archivedAt === null ? (
        <>
          <MenuItem asChild>
            <Link href={`/print?${new URLSearchParams({ design: designId })}`}>
              <Printer aria-hidden />
              {t('use')}
            </Link>
          </MenuItem>
          <MenuItem onSelect={toggleDefault}>
            {isDefault ? <StarOff aria-hidden /> : <Star aria-hidden />}
            {isDefault ? t('clearDefault') : t('makeDefault')}
          </MenuItem>
        </>
      ) : null}
      <MenuItem onSelect={duplicate}>
        <Copy aria-hidden />
        {t('duplicate')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={toggleArchived}>
        {archivedAt === null ? <Archive aria-hidden /> : <ArchiveRestore aria-hidden />}
        {archivedAt === null ? common('archive') : common('restore')}
      </MenuItem>
    </DropdownMenu>
  );
}
