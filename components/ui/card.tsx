import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';

/** A block of a page with its own title, and perhaps an action of its own. */
export function Card({
  title,
  text,
  action,
  headingLevel = 2,
  className,
  children,
  ...rest
}: Omit<ComponentProps<'section'>, 'title'> & {
  title?: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
  headingLevel?: 2 | 3;
}) {
  const Heading = `h${headingLevel}` as const;
  return (
    <section
      className={cn('min-w-0 rounded-lg border border-line bg-surface p-4 sm:p-5', className)}
      {...rest}
    >
      {title || action ? (
        <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            {title ? <Heading className="text-base">{title}</Heading> : null}
            {text ? <p className="text-sm text-pretty text-muted">{text}</p> : null}
          </div>
          {action}
        </header>
      ) : null}
      {children}
    </section>
  );
}
