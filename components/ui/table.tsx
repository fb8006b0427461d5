import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';

/*
 * Rows become cards on a phone. That takes the table's own display away, and with it what a screen reader knows of it, so
 * the roles are written out.
 */
const roles = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;

/** @param caption  what the table lists; heard, not seen */
export function Table({
  caption,
  className,
  children,
  ...rest
}: ComponentProps<'table'> & { caption: string }) {
  return (
    <table
      {...roles.table}
      className={cn('w-full border-separate border-spacing-0 text-left max-md:block', className)}
      {...rest}
    >
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  );
}

/** Stays in sight while the page scrolls; on a phone each cell carries its own name instead. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead {...roles.rowgroup} className="max-md:sr-only">
      <tr {...roles.row}>{children}</tr>
    </thead>
  );
}

type Align = 'start' | 'end';

export function Th({
  align = 'start',
  className,
  ...rest
}: Omit<ComponentProps<'th'>, 'align'> & { align?: Align }) {
  return (
    <th
      {...roles.columnheader}
      scope="col"
      className={cn(
        'sticky top-0 z-10 h-10 border-b border-line bg-paper px-3 text-sm whitespace-nowrap text-muted first:pl-2 last:pr-2',
        align === 'end' && 'text-right',
        className,
      )}
      {...rest}
    />
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody {...roles.rowgroup} className="max-md:block">
      {children}
    </tbody>
  );
}

/**
 * A row that `j` and `k` move through. Inside it, `RowLink` is what gets the focus and what Enter opens, and a
 * `SelectRow` is what `x` ticks.
 */
export function Tr({ selected = false, className, ...rest }: ComponentProps<'tr'> & { selected?: boolean }) {
  return (
    <tr
      {...roles.row}
      data-row=""
      data-selected={selected ? '' : undefined}
      className={cn(
        'group/row transition-colors md:h-16 md:focus-within:bg-hover md:hover:bg-hover md:data-selected:bg-accent-soft',
        'max-md:mb-2 max-md:grid max-md:grid-cols-[auto_1fr_auto] max-md:rounded-lg max-md:border max-md:border-line max-md:bg-surface max-md:p-3 max-md:data-selected:border-accent max-md:data-selected:bg-accent-soft',
        className,
      )}
      {...rest}
    />
  );
}

/** Where a cell stands on the card that a row becomes on a phone. */
const onCard = {
  fact: 'max-md:col-span-3 max-md:flex max-md:items-baseline max-md:justify-between max-md:gap-4 max-md:pt-2',
  symbol: 'max-md:col-start-1 max-md:row-span-2 max-md:row-start-1 max-md:pr-3',
  title: 'max-md:col-start-2 max-md:row-span-2 max-md:row-start-1 max-md:self-center',
  select: 'max-md:col-start-3 max-md:row-start-1 max-md:justify-self-end max-md:p-2',
  menu: 'max-md:col-start-3 max-md:row-start-2 max-md:justify-self-end',
};

/**
 * @param name  the column's name, shown beside the value on a phone; left out for what speaks for itself
 * @param card  its place on a phone: symbol and title side by side, tick box and menu at the right edge, facts below
 */
export function Td({
  name,
  card = 'fact',
  align = 'start',
  className,
  children,
  ...rest
}: Omit<ComponentProps<'td'>, 'align'> & { name?: string; card?: keyof typeof onCard; align?: Align }) {
  return (
    <td
      {...roles.cell}
      className={cn(
        'min-w-0 md:border-b md:border-line md:px-3 md:py-2 md:first:pl-2 md:last:pr-2',
        onCard[card],
        align === 'end' && 'md:text-right',
        className,
      )}
      {...rest}
    >
      {name ? (
        <span aria-hidden className="shrink-0 text-sm text-muted md:hidden">
          {name}
        </span>
      ) : null}
      {name ? <span className="min-w-0 max-md:text-right">{children}</span> : children}
    </td>
  );
}
