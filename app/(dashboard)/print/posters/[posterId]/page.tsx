import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { getPoster } from '@/lib/posters/get-poster';
import { orNotFound } from '@/lib/web/page-context';
import { pageAccount } from '../../../page-account';
import { PlaceForm } from '../_components/place-form';

type Props = { params: Promise<{ posterId: string }> };

const loadPoster = cache(async (posterId: string) => {
  const { ctx, account } = await pageAccount();
  return orNotFound(getPoster(ctx, account.id, posterId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadPoster((await params).posterId)).name };
}

export default async function PosterPage({ params }: Props) {
  const { mayWrite } = await pageAccount();
  const t = await getTranslations('posters');
  const poster = await loadPoster((await params).posterId);
  return (
    <>
      <PageHeader
        title={poster.name}
        text={t('edit.text')}
        back={{ href: '/print/posters', label: t('title') }}
      />
      <PlaceForm key={poster.id} poster={poster} mayWrite={mayWrite} />
    </>
  );
}
