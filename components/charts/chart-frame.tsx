'use client';

import { ChartLine, Download, Table2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';

export type ChartTable = { head: readonly string[]; rows: readonly (readonly string[])[] };

/** A chart with its table, one click away, and its CSV. */
export function ChartFrame({
  title,
  text,
  table,
  csvHref,
  children,
}: {
  title: string;
  text?: ReactNode;
  table: ChartTable;
  csvHref?: string;
  children: ReactNode;
}) {
  const t = useTranslations('analytics.chart');
  const [showsTable, setShowsTable] = useState(false);
  return (
    <Card
      title={title}
      text={text}
      action={
        <div className="flex gap-1">
          <Button
            variant="quiet"
            size="sm"
            aria-pressed={showsTable}
            aria-label={`${showsTable ? t('asChart') : t('asTable')}: ${title}`}
            onClick={() => setShowsTable(!showsTable)}
          >
            {showsTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
            {showsTable ? t('asChart') : t('asTable')}
          </Button>
          {csvHref ? (
            <Button asChild variant="quiet" size="sm">
              <a href={csvHref} download aria-label={`${t('csv')}: ${title}`}>
                <Download aria-hidden />
                CSV
              </a>
            </Button>
          ) : null}
        </div>
      }
    >
      {showsTable ? <PlainTable caption={title} {...table} /> : children}
    </Card>
  );
}

function PlainTable({ caption, head, rows }: ChartTable & { caption: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="relative max-h-96 overflow-auto">
      <table className="w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {head.map((name, i) => (
              <th
                key={name}
                scope="col"
                className={`sticky top-0 border-b border-line bg-surface px-2 py-1.5 whitespace-nowrap text-muted ${i === 0 ? 'text-left' : 'text-right'}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows may read the same, and their order is what they are
            <tr key={at}>
              {row.map((cell, i) =>
                i === 0 ? (
                  <th
                    key={head[0]}
                    scope="row"
                    className="border-b border-line px-2 py-1.5 text-left font-normal"
                  >
                    {cell}
                  </th>
                ) : (
                  <td key={head[i]} className="border-b border-line px-2 py-1.5 text-right whitespace-nowrap">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
