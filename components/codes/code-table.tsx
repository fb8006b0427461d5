'use client';

import { Tag as TagIcon, TriangleAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Sparkline } from '@/components/charts/sparkline';
import { QrSymbol } from '@/components/symbol/qr-symbol';
import { cn } from '@/components/ui/class-names';
import { Countdown } from '@/components/ui/countdown';
import { Link } from '@/components/ui/link';
import { RowLink } from '@/components/ui/row-link';
import { type RowSelection, SelectAllRows, SelectRow } from '@/components/ui/row-selection';
import { StatusBadge } from '@/components/ui/status-badge';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { sceneText, shownStatus } from '@/lib/codes/format';
import type { CodeDto, CodeSortKey } from '@/lib/codes/types';
import { formatDate, formatNumber } from '@/lib/i18n/format';

type Column = 'campaign' | 'channel' | 'created';

/**
 * Codes as rows: a small live symbol, the label that opens it, and where it hangs.
 *
 * @param hide  what all rows have in common, and the page says already
 * @param sortHead  turns the head of a sortable column into its control
 */
export function CodeTable({
  codes,
  now,
  timeZone,
  hide = [],
  selection,
  sortHead,
  sparklines,
}: {
  codes: readonly CodeDto[];
  now: string;
  timeZone: string;
  hide?: readonly Column[];
  selection?: RowSelection;
  sortHead?: (key: CodeSortKey, label: string) => ReactNode;
  /** Scans of the last 30 days by the id of a code; one that has none is left out. */
  sparklines?: Readonly<Record<string, readonly number[]>>;
}) {
  const t = useTranslations('codes');
  const locale = useLocale();
  const shows = (column: Column) => !hide.includes(column);
  const head = (key: CodeSortKey, label: string) => sortHead?.(key, label) ?? label;

  return (
    <Table caption={t('caption')}>
      <TableHead>
        {selection ? (
          <Th className="w-9">
            <SelectAllRows selection={selection} />
          </Th>
        ) : null}
        <Th className="w-14">
          <span className="sr-only">{t('columns.symbol')}</span>
        </Th>
        <Th className="w-[26%]">{head('label', t('columns.label'))}</Th>
        <Th>{t('columns.status')}</Th>
        {shows('campaign') ? <Th className="w-[16%]">{t('columns.campaign')}</Th> : null}
        {shows('channel') ? <Th className="w-[17%]">{t('columns.channel')}</Th> : null}
        <Th>{head('expiresAt', t('columns.expires'))}</Th>
        {sparklines ? <Th align="end">{t('columns.scans30')}</Th> : null}
        {shows('created') ? <Th>{head('createdAt', t('columns.created'))}</Th> : null}
      </TableHead>
      <TableBody>
        {codes.map((code) => (
          <Tr key={code.id} selected={selection?.ids.has(code.id)}>
            {selection ? (
              <Td card="select">
                <SelectRow id={code.id} label={code.label} selection={selection} />
              </Td>
            ) : null}
            <Td card="symbol">
              <QrSymbol
                url={code.url}
                label={code.label}
                decorative
                className="size-14 ring-1 ring-line md:size-11"
              />
            </Td>
            <Td card="title">
              <RowLink href={`/codes/${code.id}`}>{code.label}</RowLink>
              <span className="line-clamp-1 text-sm break-all text-muted" title={sceneText(code.scene)}>
                {t(`kind.${code.kind}`)} · <span className="sr-only">{t('scene')} </span>
                {sceneText(code.scene)}
              </span>
            </Td>
            <Td name={t('columns.status')}>
              <StatusBadge status={shownStatus(code, now)} />
              <TagNames tags={code.tags} />
              {code.flags.length > 0 ? (
                <span className="mt-1 flex items-start gap-1 text-sm text-amber">
                  <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
                  {code.flags.map((flag) => t(`flags.${flag}`)).join(' · ')}
                </span>
              ) : null}
            </Td>
            {shows('campaign') ? (
              <Td
                name={t('columns.campaign')}
                className={cn('wrap-anywhere', !code.campaign && 'max-md:hidden')}
              >
                {code.campaign ? (
                  <Link
                    href={`/campaigns/${code.campaign.id}`}
                    className="line-clamp-2 hover:text-accent hover:underline"
                  >
                    {code.campaign.name}
                  </Link>
                ) : (
                  <span className="text-muted">–</span>
                )}
              </Td>
            ) : null}
            {shows('channel') ? (
              <Td
                name={t('columns.channel')}
                className={cn('wrap-anywhere', !code.channel && 'max-md:hidden')}
              >
                {code.channel ? (
                  <>
                    <Link
                      href={`/channels/${code.channel.id}`}
                      className="hover:text-accent hover:underline md:line-clamp-1"
                    >
                      {code.channel.name}
                    </Link>
                    <span className="line-clamp-1 text-sm text-muted max-md:hidden">
                      {code.channel.number}
                    </span>
                  </>
                ) : (
                  <span className="text-muted">–</span>
                )}
              </Td>
            ) : null}
            <Td name={t('columns.expires')} className="md:whitespace-nowrap">
              <Expiry code={code} now={now} />
            </Td>
            {sparklines ? (
              <Td name={t('columns.scans30')} align="end">
                <RecentScans line={sparklines[code.id]} />
              </Td>
            ) : null}
            {shows('created') ? (
              <Td name={t('columns.created')} className="md:whitespace-nowrap">
                {formatDate(code.createdAt, locale, timeZone)}
              </Td>
            ) : null}
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}

/** Quietly, as far as there is room; all of them on the code's page. */
function TagNames({ tags }: { tags: CodeDto['tags'] }) {
  const t = useTranslations('tags');
  const separator = useTranslations('people')('listSeparator');
  if (tags.length === 0) return null;
  const names = tags.map(({ name }) => name).join(separator);
  return (
    <span
      title={names}
      className="mt-0.5 flex items-center gap-1 text-sm text-muted max-md:justify-end md:max-w-32"
    >
      <TagIcon aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">{t('title')}</span>
      <span className="truncate">{names}</span>
    </span>
  );
}

/** A line tells something only once there are scans. */
function RecentScans({ line = [] }: { line: readonly number[] | undefined }) {
  const t = useTranslations('analytics.picture');
  const locale = useLocale();
  const scans = line.reduce((sum, each) => sum + each, 0);
  if (scans === 0) return <span className="text-muted">–</span>;
  return (
    <span className="inline-flex items-center justify-end gap-2">
      <Sparkline values={line} label={t('sparkline', { scans })} />
      <span aria-hidden>{formatNumber(scans, locale)}</span>
    </span>
  );
}

function Expiry({ code, now }: { code: CodeDto; now: string }) {
  const t = useTranslations('codes');
  if (code.kind === 'permanent') return <span className="text-muted">{t('never')}</span>;
  if (!code.expiresAt) return <span className="text-muted">–</span>;
  return <Countdown expiresAt={code.expiresAt} now={now} />;
}
