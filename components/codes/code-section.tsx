import type { ComponentProps, ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import type { CodePageDto } from '@/lib/codes/types';
import { CodeTable } from './code-table';

/**
 * The first codes of one campaign or channel, on its page.
 *
 * @param all  where the rest is listed; shown when there is more
 */
export function CodeSection({
  codes,
  title,
  text,
  all,
  empty,
  ...table
}: {
  codes: CodePageDto;
  title: string;
  text: string;
  all: { href: string; label: string };
  empty: { title: string; text: string; action?: ReactNode };
} & Pick<ComponentProps<typeof CodeTable>, 'now' | 'timeZone' | 'hide'>) {
  return (
    <section className="min-w-0">
      <header className="mb-2 flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <div>
          <h2 className="text-base">{title}</h2>
          <p className="text-sm text-muted">{text}</p>
        </div>
        {codes.nextCursor ? (
          <Link href={all.href} className="text-accent underline underline-offset-3">
            {all.label}
          </Link>
        ) : null}
      </header>
      {codes.items.length === 0 ? (
        <EmptyState picture="codes" headingLevel={3} {...empty} />
      ) : (
        <CodeTable codes={codes.items} {...table} />
      )}
    </section>
  );
}
