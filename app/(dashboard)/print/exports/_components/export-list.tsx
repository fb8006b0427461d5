'use client';

import { Ban, Download, Trash2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { notify, notifyError } from '@/components/ui/toast';
import { useBytes } from '@/components/ui/use-bytes';
import { useSeconds } from '@/components/ui/use-seconds';
import type { ExportDto, ExportState } from '@/lib/exports/types';
import { formatNumber, formatShortDateTime } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { cancelExportAction, removeExportAction } from '../../actions';
import { ShareSheet } from './share-sheet';
import { useLiveExport } from './use-live-export';

const tones: Record<ExportState, BadgeTone> = {
  queued: 'neutral',
  working: 'outline',
  done: 'accent',
  failed: 'red',
  cancelled: 'neutral',
  removed: 'neutral',
};

type RowProps = { now: string; timeZone: string; mayWrite: boolean };

/** The exports of an account; those that are being made are followed. */
export function ExportList({ exports: made, ...rest }: RowProps & { exports: readonly ExportDto[] }) {
  const t = useTranslations('exports');
  return (
    <Table caption={t('caption')}>
      <TableHead>
        <Th className="w-[26%]">{t('columns.what')}</Th>
        <Th className="w-[22%]">{t('columns.state')}</Th>
        <Th>{t('columns.made')}</Th>
        <Th>{t('columns.kept')}</Th>
        <Th />
      </TableHead>
      <TableBody>
        {made.map((each) => (
          <ExportRow key={each.id} made={each} {...rest} />
        ))}
      </TableBody>
    </Table>
  );
}

function ExportRow({ made: initial, now, timeZone, mayWrite }: RowProps & { made: ExportDto }) {
  const t = useTranslations('exports');
  const locale = useLocale();
  const bytes = useBytes();
  const duration = useSeconds();
  const made = useLiveExport(initial);
  const when = (at: string) => formatShortDateTime(at, locale, timeZone, now);
  const nameFiles = ({ as, format, sheet, merge, posterId }: ExportDto): string => {
    if (posterId) return t('files.poster');
    if (as === 'zip') return t(merge ? 'files.merge' : 'files.zip', { format: format.toUpperCase() });
    if (sheet === null || sheet.kind === 'single') return t('files.single');
    return t('files.sheet', { paper: sheet.kind === 'stock' ? sheet.stock : sheet.page.toUpperCase() });
  };
  const isOpen = made.state === 'queued' || made.state === 'working';
  const rest = restSeconds(made);

  return (
    <Tr id={made.id}>
      <Td card="title" className="max-md:col-span-3 max-md:col-start-1">
        <span className="block font-semibold">
          {t('name', { count: made.total, format: nameFiles(made) })}
        </span>
        <span className="block text-sm text-muted">
          {made.designName ?? t('plainDesign')} ·{' '}
          {t('files.mm', { mm: formatNumber(made.design.sizeMm, locale, 1) })}
          {made.bytes === null ? null : (
            <>
              {' · '}
              <span className="whitespace-nowrap">{bytes(made.bytes)}</span>
            </>
          )}
        </span>
      </Td>
      <Td name={t('columns.state')}>
        <Badge tone={made.isOutdated ? 'neutral' : tones[made.state]}>
          {made.isOutdated ? t('outdated') : t(`states.${made.state}`)}
        </Badge>
        {isOpen ? (
          <span className="mt-1 block">
            <progress
              className="block h-1.5 w-full accent-accent"
              max={made.total}
              value={made.done}
              aria-label={t('states.working')}
            />
            <span className="text-sm text-muted tabular-nums">
              {t('progress', { done: made.done, total: made.total })}
              {rest === null ? null : ` · ${t('rest', { time: duration(rest) })}`}
            </span>
          </span>
        ) : null}
        {made.error ? <span className="mt-1 block text-sm text-red">{t(`faults.${made.error}`)}</span> : null}
        {made.isOutdated ? (
          <span className="mt-1 block text-sm text-muted">{t('outdatedText')}</span>
        ) : made.state === 'done' ? (
          <span className="mt-1 block text-sm text-muted">{t('downloads', { count: made.downloads })}</span>
        ) : null}
      </Td>
      <Td name={t('columns.made')}>
        <span className="block md:whitespace-nowrap">{when(made.createdAt)}</span>
        <span className="block text-sm wrap-anywhere text-muted">{made.createdBy}</span>
      </Td>
      <Td name={t('columns.kept')} className="md:whitespace-nowrap">
        {made.state === 'done' ? when(made.expiresAt) : '–'}
      </Td>
      <Td className="max-md:col-span-3">
        <ExportActions made={made} isOpen={isOpen} mayWrite={mayWrite} timeZone={timeZone} now={now} />
      </Td>
    </Tr>
  );
}

/** How long it goes on at the pace until now; null while that says little. */
function restSeconds({ state, startedAt, done, total }: ExportDto): number | null {
  if (state !== 'working' || startedAt === null || done === 0) return null;
  const seconds = (Date.now() - Date.parse(startedAt)) / 1_000;
  return seconds < 3 ? null : (seconds / done) * (total - done);
}

function ExportActions({ made, isOpen, ...rest }: RowProps & { made: ExportDto; isOpen: boolean }) {
  const t = useTranslations('exports');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const isKept = made.state === 'done' && !made.isOutdated;
  const input = { accountId: made.accountId, exportId: made.id };
  const cancel = () =>
    startTransition(async () => {
      const result = await cancelExportAction(input);
      if (result.ok) notify(t('cancelled'));
      else notifyError(sentenceOf(result.error));
    });
  const remove = async () => {
    const result = await removeExportAction(input);
    if (!result.ok) {
      notifyError(sentenceOf(result.error));
      return false;
    }
    notify(t('remove.done'));
  };

  return (
    <div className="flex justify-end gap-2 max-md:flex-wrap max-md:justify-start">
      {isKept ? (
        <Button asChild size="sm">
          <a href={`/api/exports/${made.id}/file?accountId=${made.accountId}`} download>
            <Download aria-hidden />
            {t('download')}
          </a>
        </Button>
      ) : null}
      {rest.mayWrite && isKept ? <ShareSheet made={made} {...rest} /> : null}
      {rest.mayWrite && isOpen ? (
        <Button variant="secondary" size="sm" pending={pending} onClick={cancel}>
          <Ban aria-hidden />
          {t('cancel')}
        </Button>
      ) : null}
      {rest.mayWrite && !isOpen ? (
        <ConfirmDialog
          trigger={
            <Button variant="secondary" size="sm" aria-label={t('remove.action')}>
              <Trash2 aria-hidden />
            </Button>
          }
          title={t('remove.title')}
          text={t('remove.text')}
          confirmLabel={t('remove.action')}
          onConfirm={remove}
        />
      ) : null}
    </div>
  );
}
