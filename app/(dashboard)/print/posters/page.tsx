import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { RowLink } from '@/components/ui/row-link';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import { listPosters } from '@/lib/posters/list-posters';
import { pageAccount } from '../../page-account';
import { RemovePoster } from './_components/remove-poster';
import { UploadPoster } from './_components/upload-poster';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('posters'))('title') };
}

export default async function PostersPage() {
  const { ctx, account, mayWrite } = await pageAccount();
  const t = await getTranslations('posters');
  const locale = await getLocale();
  const posters = await listPosters(ctx, account.id);
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      {mayWrite ? <UploadPoster accountId={account.id} /> : null}
      {posters.length === 0 ? (
        <EmptyState picture="codes" title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {posters.map(({ id, name, widthMm, heightMm, createdAt, createdBy }) => (
            <li key={id} data-row className="flex min-w-0 gap-4 rounded-lg border border-line bg-surface p-4">
              <Link
                href={`/print/posters/${id}`}
                prefetch={false}
                tabIndex={-1}
                aria-hidden
                className="grid h-32 w-28 shrink-0 place-items-center rounded-md border border-line bg-sunken p-2"
              >
                {/* biome-ignore lint/performance/noImgElement: a picture of the account's own */}
                <img
                  src={`/api/posters/${id}/preview`}
                  alt=""
                  loading="lazy"
                  className="max-h-28 max-w-full object-contain"
                />
              </Link>
              <div className="flex min-w-0 flex-1 flex-col">
                <RowLink href={`/print/posters/${id}`} className="line-clamp-2 wrap-anywhere">
                  {name}
                </RowLink>
                <p className="text-sm text-muted">
                  {t('size', {
                    width: formatNumber(widthMm, locale, 0),
                    height: formatNumber(heightMm, locale, 0),
                  })}
                </p>
                <p className="mt-auto pt-2 text-sm text-muted">
                  {formatDateTime(createdAt, locale, account.timeZone)} · {createdBy}
                </p>
                {mayWrite ? <RemovePoster accountId={account.id} posterId={id} name={name} /> : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
