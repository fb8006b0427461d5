'use client';

import { Archive, ArchiveRestore, CornerUpRight, Printer, RefreshCw, Tags } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { CodeTable } from '@/components/codes/code-table';
import { useUndoable } from '@/components/form/use-undoable';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { SelectionBar, useRowSelection } from '@/components/ui/row-selection';
import type { CodeDto } from '@/lib/codes/types';
import { archiveCodesAction, unarchiveCodesAction } from '../actions';
import { HandOverDialog } from './hand-over-dialog';
import { RenewDialog } from './renew-dialog';
import { SortHead } from './sort-head';
import { TagsDialog } from './tags-dialog';

/** The rows of the list of codes, and what may be done to those that are ticked. */
export function CodeList({
  accountId,
  codes,
  now,
  timeZone,
  mayWrite,
  tags,
  sparklines,
}: {
  accountId: string;
  codes: readonly CodeDto[];
  now: string;
  timeZone: string;
  mayWrite: boolean;
  /** Of the account. */
  tags: readonly { id: string; name: string }[];
  sparklines?: Readonly<Record<string, readonly number[]>>;
}) {
  const t = useTranslations('codes');
  const printing = useTranslations('exports');
  const tagging = useTranslations('tags.bulk');
  const common = useTranslations('common.actions');
  const selection = useRowSelection(useMemo(() => codes.map(({ id }) => id), [codes]));
  const { pending, run } = useUndoable();
  const chosen = codes.filter(({ id }) => selection.ids.has(id));
  const renewable = chosen.filter(
    ({ kind, issuedAt, archivedAt, renewedBy }) =>
      kind === 'temporary' && issuedAt !== null && archivedAt === null && renewedBy === null,
  );
  const codeIds = chosen.map(({ id }) => id);
  const allArchived = chosen.length > 0 && chosen.every(({ archivedAt }) => archivedAt !== null);

  const archive = () => {
    // What is archived already stays so when the rest is undone, and what waits for WeChat is left alone.
    const input = {
      accountId,
      codeIds: chosen
        .filter(({ archivedAt, issuedAt }) => (archivedAt !== null) === allArchived && issuedAt !== null)
        .map(({ id }) => id),
    };
    if (input.codeIds.length === 0) return;
    const count = input.codeIds.length;
    run({
      do: () => (allArchived ? unarchiveCodesAction(input) : archiveCodesAction(input)),
      undo: () => (allArchived ? archiveCodesAction(input) : unarchiveCodesAction(input)),
      sentence: allArchived ? t('archive.undoneMany', { count }) : t('archive.doneMany', { count }),
      onDone: selection.clear,
    });
  };

  return (
    <>
      <CodeTable
        codes={codes}
        now={now}
        timeZone={timeZone}
        hide={['created']}
        sparklines={sparklines}
        selection={mayWrite ? selection : undefined}
        sortHead={(sortKey, label) => <SortHead sortKey={sortKey} label={label} />}
      />
      {mayWrite ? (
        <SelectionBar selection={selection}>
          <Button asChild variant="secondary" size="sm">
            <Link href={`/print?ids=${codeIds.join(',')}`}>
              <Printer aria-hidden />
              {printing('printSelected')}
            </Link>
          </Button>
          <HandOverDialog
            accountId={accountId}
            codeIds={codeIds}
            timeZone={timeZone}
            onDone={selection.clear}
            trigger={
              <Button variant="secondary" size="sm">
                <CornerUpRight aria-hidden />
                {t('handOver.action')}
              </Button>
            }
          />
          <TagsDialog
            accountId={accountId}
            codes={chosen}
            known={tags}
            onDone={selection.clear}
            trigger={
              <Button variant="secondary" size="sm">
                <Tags aria-hidden />
                {tagging('action')}
              </Button>
            }
          />
          {renewable.length > 0 ? (
            <RenewDialog
              accountId={accountId}
              renewed={{
                choice: { codeIds: renewable.map(({ id }) => id) },
                title: t('renew.titleMany', { count: renewable.length }),
              }}
              trigger={
                <Button variant="secondary" size="sm">
                  <RefreshCw aria-hidden />
                  {t('renew.action')}
                </Button>
              }
            />
          ) : null}
          <Button variant="secondary" size="sm" pending={pending} onClick={archive}>
            {allArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
            {allArchived ? common('restore') : common('archive')}
          </Button>
        </SelectionBar>
      ) : null}
    </>
  );
}
