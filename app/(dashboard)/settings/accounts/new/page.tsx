import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/ui/page-header';
import { getAccount } from '@/lib/accounts/get-account';
import { listOutgoingAddresses } from '@/lib/accounts/outgoing-addresses';
import { idSchema } from '@/lib/field-issues';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { SetUp } from '../_components/set-up';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('setUp.title') };
}

/** The guided set-up. The address keeps the step and, once it has been saved, the account. */
export default async function ConnectAccountPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const ctx = await pageContext('admin');
  const t = await getTranslations('accounts');
  const id = idSchema.safeParse((await searchParams).account).data;
  const account = id === undefined ? null : await orNotFound(getAccount(ctx, id));
  return (
    <>
      <PageHeader
        title={t('setUp.title')}
        text={t('setUp.text')}
        back={{ href: '/settings/accounts', label: t('title') }}
      />
      <SetUp saved={account} addresses={await listOutgoingAddresses(ctx)} />
    </>
  );
}
