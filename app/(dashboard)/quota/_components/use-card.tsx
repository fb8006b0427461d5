import { useLocale, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { formatNumber } from '@/lib/i18n/format';
import type { QuotaUseDto } from '@/lib/quota/types';

/** What and whom the slots were spent for, the largest first. */
export function UseCard({ use }: { use: QuotaUseDto }) {
  const t = useTranslations('quota.use');
  const locale = useLocale();
  const lists = [
    {
      title: t('byCampaign'),
      text: t('byCampaignText'),
      rows: use.campaigns.map(({ id, name, slots, budget }) => ({
        key: id,
        name,
        href: `/campaigns/${id}`,
        slots,
        note: budget === null ? null : t('ofBudget', { budget: formatNumber(budget, locale) }),
      })),
    },
    {
      title: t('byPerson'),
      text: t('byPersonText'),
      rows: use.people.map(({ id, name, slots }) => ({
        key: id ?? `~${name}`,
        name: name || t('unknown'),
        href: null,
        slots,
        note: null,
      })),
    },
  ];
  return (
    <Card title={t('title')}>
      <div className="grid gap-8 lg:grid-cols-2">
        {lists.map(({ title, text, rows }) => (
          <div key={title} className="min-w-0">
            <h3 className="text-base">{title}</h3>
            <p className="mb-3 text-sm text-muted">{text}</p>
            {rows.length === 0 ? <p className="text-muted">{t('none')}</p> : <Bars rows={rows} />}
          </div>
        ))}
      </div>
    </Card>
  );
}

type Row = { key: string; name: string; href: string | null; slots: number; note: string | null };

function Bars({ rows }: { rows: readonly Row[] }) {
  const locale = useLocale();
  const largest = Math.max(...rows.map(({ slots }) => slots), 1);
  return (
    <ol className="grid gap-3">
      {rows.map(({ key, name, href, slots, note }) => (
        <li key={key} className="min-w-0">
          <span className="flex items-baseline justify-between gap-3">
            {href ? (
              <Link href={href} className="min-w-0 truncate hover:underline">
                {name}
              </Link>
            ) : (
              <span className="min-w-0 truncate">{name}</span>
            )}
            <span className="shrink-0">
              {formatNumber(slots, locale)}
              {note ? <span className="ml-1 text-sm text-muted">{note}</span> : null}
            </span>
          </span>
          <span aria-hidden className="mt-1 block h-2 overflow-hidden rounded-sm bg-hover">
            <span
              className="block h-full min-w-0.5 bg-accent"
              style={{ width: `${(slots / largest) * 100}%` }}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}
