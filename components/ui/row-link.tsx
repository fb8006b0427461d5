import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

/** The label of a row: what opens it, and what `j` and `k` put the focus on. Not fetched ahead: a list has fifty. */
export function RowLink({ className, prefetch = false, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      data-row-link=""
      prefetch={prefetch}
      className={cn(
        'font-semibold wrap-anywhere text-ink underline-offset-3 hover:text-accent hover:underline',
        className,
      )}
      {...rest}
    />
  );
}
