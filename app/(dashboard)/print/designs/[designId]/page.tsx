import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Badge } from '@/components/ui/badge';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { getDesign } from '@/lib/designs/get-design';
import { orNotFound } from '@/lib/web/page-context';
import { pageAccount } from '../../../page-account';
import { DesignForm } from '../_components/design-form';
import { DesignMenu } from '../_components/design-menu';

type Props = { params: Promise<{ designId: string }> };

const loadDesign = cache(async (designId: string) => {
  const { ctx, account } = await pageAccount();
  return orNotFound(getDesign(ctx, account.id, designId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadDesign((await params).designId)).name };
}

export default async function DesignPage({ params }: Props) {
  const { account, mayWrite } = await pageAccount();
  const t = await getTranslations('designs');
  const design = await loadDesign((await params).designId);
  return (
    <>
      <PageHeader
        title={design.name}
        text={t('edit.text')}
        back={{ href: '/print/designs', label: t('title') }}
        badge={
          design.isDefault ? (
            <Badge tone="accent">{t('isDefault')}</Badge>
          ) : design.archivedAt ? (
            <Badge>{t('isArchived')}</Badge>
          ) : null
        }
        action={mayWrite ? <DesignMenu design={design} /> : undefined}
      />
      {design.archivedAt ? (
        <Notice className="mb-4" title={t('archivedTitle')}>
          {t('archivedText')}
        </Notice>
      ) : null}
      <DesignForm
        key={design.id}
        accountId={account.id}
        design={design}
        mayWrite={mayWrite && design.archivedAt === null}
      />
    </>
  );
}
