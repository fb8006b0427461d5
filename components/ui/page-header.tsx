import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from './link';

/** The head of every page: what it is, one line that says what it is for, one primary action. */
export function PageHeader({
  title,
  text,
  action,
  back,
  badge,
}: {
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
  /** The list that this page hangs under. */
  back?: { href: string; label: ReactNode };
  badge?: ReactNode;
}) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        {back ? (
          <Link
            href={back.href}
            className="-ml-1 mb-1 inline-flex items-center gap-0.5 text-sm text-muted hover:text-ink hover:underline"
          >
            <ChevronLeft aria-hidden className="size-4" />
            {back.label}
          </Link>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-lg text-pretty wrap-anywhere">{title}</h1>
          {badge}
        </div>
        {text ? <p className="mt-0.5 max-w-prose text-pretty text-muted">{text}</p> : null}
      </div>
      {action ? <div className="flex flex-wrap items-center gap-2">{action}</div> : null}
    </header>
  );
}
