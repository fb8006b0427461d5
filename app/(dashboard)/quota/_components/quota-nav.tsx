import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { cn } from '@/components/ui/class-names';

const pages = [
  { key: 'overview', href: '/quota' },
  { key: 'external', href: '/quota/external' },
  { key: 'rules', href: '/quota/rules' },
  { key: 'approvals', href: '/quota/approvals' },
] as const;

/** The four pages about permanent slots. */
export async function QuotaNav({ current }: { current: (typeof pages)[number]['key'] }) {
  const t = await getTranslations('quotaRules.nav');
  return (
    <nav aria-label={t('label')} className="-mt-2 mb-6 overflow-x-auto border-b border-line">
      <ul className="flex gap-5">
        {pages.map(({ key, href }) => (
          <li key={key}>
            <Link
              href={href}
              aria-current={key === current ? 'page' : undefined}
              className={cn(
                '-mb-px block border-b-2 py-2 whitespace-nowrap',
                key === current
                  ? 'border-accent font-semibold'
                  : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {t(key)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
