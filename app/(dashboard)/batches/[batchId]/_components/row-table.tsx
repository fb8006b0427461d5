import { CornerUpRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { QrSymbol } from '@/components/symbol/qr-symbol';
import { Badge } from '@/components/ui/badge';
import { Link } from '@/components/ui/link';
import { RowLink } from '@/components/ui/row-link';
import { StatusBadge } from '@/components/ui/status-badge';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import type { BatchRowDto } from '@/lib/batches/types';
import { sceneText } from '@/lib/codes/format';
import { formatShortDateTime } from '@/lib/i18n/format';

/** What became of each row, in the order of the file. */
export function RowTable({
  rows,
  isFromFile,
  now,
  timeZone,
}: {
  rows: readonly BatchRowDto[];
  isFromFile: boolean;
  now: string;
  timeZone: string;
}) {
  const t = useTranslations('batches.rows');
  const codes = useTranslations('codes');
  const locale = useLocale();
  const lineName = isFromFile ? t('columns.line') : t('columns.number');
  return (
    <Table caption={t('caption')}>
      <TableHead>
        <Th className="w-14">
          <span className="sr-only">{codes('columns.symbol')}</span>
        </Th>
        <Th align="end" className="w-16">
          {lineName}
        </Th>
        <Th className="w-[34%]">{t('columns.label')}</Th>
        <Th>{t('columns.status')}</Th>
        <Th className="w-[30%]">{t('columns.channel')}</Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Tr key={row.codeId}>
            <Td card="symbol">
              <QrSymbol
                url={row.url}
                label={row.label}
                decorative
                className="size-14 ring-1 ring-line md:size-11"
              />
            </Td>
            <Td name={lineName} align="end">
              {row.line}
            </Td>
            <Td card="title">
              <RowLink href={`/codes/${row.codeId}`}>{row.label}</RowLink>
              <span className="line-clamp-1 text-sm break-all text-muted" title={sceneText(row.scene)}>
                <span className="sr-only">{codes('scene')} </span>
                {[sceneText(row.scene), row.key].filter(Boolean).join(' · ')}
              </span>
            </Td>
            <Td name={t('columns.status')}>
              {row.reusedFrom ? (
                <Badge tone="accent">
                  <CornerUpRight aria-hidden />
                  {t('reused')}
                </Badge>
              ) : (
                <StatusBadge status={row.status} />
              )}
              {row.reusedFrom ? (
                <span className="mt-1 block text-sm text-muted">
                  {t('reusedFrom', { when: formatShortDateTime(row.reusedFrom, locale, timeZone, now) })}
                </span>
              ) : null}
              {row.error ? (
                <span className="mt-1 block font-mono text-sm wrap-anywhere text-muted">
                  {row.error.errcode === null
                    ? row.error.kind
                    : `${row.error.errcode} ${row.error.errmsg ?? ''}`}
                </span>
              ) : null}
            </Td>
            <Td name={t('columns.channel')} className={row.channel ? 'wrap-anywhere' : 'max-md:hidden'}>
              {row.channel ? (
                <>
                  <Link
                    href={`/channels/${row.channel.id}`}
                    className="hover:text-accent hover:underline md:line-clamp-1"
                  >
                    {row.channel.name}
                  </Link>
                  <span className="line-clamp-1 text-sm text-muted max-md:hidden">{row.channel.number}</span>
                </>
              ) : (
                <span className="text-muted">–</span>
              )}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}
