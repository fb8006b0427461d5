import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { buttonClasses } from './button';
import { cn } from './class-names';
import { Link } from './link';

/** Steps through a list by key: there is a page before and a page after, and no page numbers, which shift as rows come. */
export function Pagination({
  newerHref,
  olderHref,
  summary,
}: {
  newerHref: string | null;
  olderHref: string | null;
  /** "100,000 codes", where it is known without counting. */
  summary?: string;
}) {
  const t = useTranslations('common');
  if (!newerHref && !olderHref && !summary) return null;
  return (
    <nav aria-label={t('pages')} className="mt-4 flex items-center justify-between gap-3">
      <p className="text-sm text-muted">{summary}</p>
      <div className="flex gap-2">
        <Step href={newerHref} label={t('newer')} rel="prev" />
        <Step href={olderHref} label={t('older')} rel="next" />
      </div>
    </nav>
  );
}

function Step({ href, label, rel }: { href: string | null; label: string; rel: 'prev' | 'next' }) {
  const classes = cn(buttonClasses({ variant: 'secondary', size: 'sm' }));
  const content = (
    <>
      {rel === 'prev' ? <ChevronLeft aria-hidden /> : null}
      {label}
      {rel === 'next' ? <ChevronRight aria-hidden /> : null}
    </>
  );
  if (!href) {
    return (
      <button type="button" disabled className={classes}>
        {content}
      </button>
    );
  }
  return (
    <Link href={href} rel={rel} className={classes}>
      {content}
    </Link>
  );
}
