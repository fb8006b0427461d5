import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { listCampaigns } from '@/lib/campaigns/list-campaigns';
import { countCodes } from '@/lib/codes/count-codes';
import { listDesigns } from '@/lib/designs/list-designs';
import { listPosters } from '@/lib/posters/list-posters';
import { listTagNames } from '@/lib/tags/list-tag-names';
import { pageAccount } from '../page-account';
import { Studio } from './_components/studio';
import { studioParsers } from './_components/studio-parsers';

const loadQuery = createLoader(studioParsers);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('exports'))('studio.title') };
}

export default async function StudioPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const t = await getTranslations('exports');
  const chosen = loadQuery(await searchParams);
  const [designs, posters, campaigns, tags, any] = await Promise.all([
    listDesigns(ctx, account.id, { limit: 200 }),
    listPosters(ctx, account.id),
    listCampaigns(ctx, account.id, { limit: 200 }),
    listTagNames(ctx, account.id),
    countCodes(ctx, account.id),
  ]);
  const isChosen = chosen.ids.length > 0 || chosen.batchId !== null;

  return (
    <>
      <PageHeader title={t('studio.title')} text={t('studio.text')} />
      {any.count === 0 && !isChosen ? (
        <EmptyState
          picture="codes"
          title={t('studio.empty.title')}
          text={t('studio.empty.text')}
          action={
            mayWrite ? (
              <Button asChild>
                <Link href="/codes/new">{t('studio.empty.action')}</Link>
              </Button>
            ) : undefined
          }
        />
      ) : (
        <Studio
          accountId={account.id}
          timeZone={account.timeZone}
          now={now}
          mayWrite={mayWrite}
          designs={designs.items.map(({ id, name, isDefault, settings, sheet }) => ({
            id,
            name,
            isDefault,
            sheet,
            sizeMm: settings.sizeMm,
            dotsPerInch: settings.dotsPerInch,
          }))}
          posters={posters.map(({ id, name }) => ({ id, name }))}
          campaigns={campaigns.items.map(({ id, name }) => ({ id, name }))}
          tags={tags}
        />
      )}
    </>
  );
}
