import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { getAccount } from '@/lib/accounts/get-account';
import { env } from '@/lib/env';
import { formatDateTime } from '@/lib/i18n/format';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { AccountTest } from '../_components/account-test';
import { ConnectionForm } from '../_components/connection-form';
import { PermanentForm } from '../_components/permanent-form';
import { PushForm } from '../_components/push-form';
import { ResumableBanner } from '../_components/resumable-banner';

type Props = { params: Promise<{ accountId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('title') };
}

export default async function AccountPage({ params }: Props) {
  const ctx = await pageContext('admin');
  const { accountId } = await params;
  const account = await orNotFound(getAccount(ctx, accountId));
  const t = await getTranslations('accounts');
  const locale = await getLocale();
  return (
    <>
      <PageHeader
        title={account.name}
        text={
          account.connectedAt
            ? t('detail.connectedAt', { at: formatDateTime(account.connectedAt, locale, account.timeZone) })
            : t('detail.neverConnected')
        }
        back={{ href: '/settings/accounts', label: t('title') }}
        badge={account.isDemo ? <Badge tone="outline">{t('demo')}</Badge> : undefined}
      />
      {account.stopped ? (
        <ResumableBanner accountId={account.id} stopped={account.stopped} timeZone={account.timeZone} />
      ) : null}
      <div className="grid gap-6">
        {account.externalDeclaredAt === null ? (
          <Notice
            tone="warning"
            title={t('detail.undeclaredTitle')}
            action={
              <Button asChild size="sm" variant="secondary">
                <Link href={`/settings/accounts/new?account=${account.id}&step=others`}>
                  {t('detail.declare')}
                </Link>
              </Button>
            }
          >
            {t('detail.undeclaredText')}
          </Notice>
        ) : null}
        <Card title={t('test.title')} text={t('test.text')}>
          <AccountTest accountId={account.id} />
        </Card>
        <Card title={t('detail.connection')} text={t('detail.connectionText')}>
          <ConnectionForm account={account} />
        </Card>
        <Card title={t('detail.permanent')} text={t('detail.permanentText')}>
          <PermanentForm account={account} />
        </Card>
        <Card title={t('detail.push')} text={t('detail.pushText')}>
          <PushForm account={account} pushUrl={`${env().PUBLIC_URL}/api/wechat/${account.id}`} />
        </Card>
      </div>
    </>
  );
}
