import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { Link } from './link';

/** The label of a row: what opens it, and what `j` and `k` put the focus on. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      data-row-link=""
      className={cn(
        'font-semibold wrap-anywhere text-ink underline-offset-3 hover:text-accent hover:underline',
        className,
      )}
      {...rest}
    />
  );
}
