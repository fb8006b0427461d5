import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { listBindings } from '@/lib/bindings/list-bindings';
import { getReturnOrigins } from '@/lib/bindings/return-origins';
import { env } from '@/lib/env';
import { formatDateTime } from '@/lib/i18n/format';
import { mayManage } from '@/lib/people/types';
import { pageContext } from '@/lib/web/page-context';
import { pageAccount } from '../../page-account';
import { BindingStateBadge } from './_components/binding-state';
import { CodeSample } from './_components/code-sample';
import { OriginsForm } from './_components/origins-form';
import { samplesOf } from './_components/samples';
import { TryBinding } from './_components/try-binding';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('bindings'))('title') };
}

const shown = 20;

export default async function BindingsPage() {
  await pageContext('marketer');
  const { ctx, account } = await pageAccount();
  const [{ items }, origins, t, locale] = await Promise.all([
    listBindings(ctx, account.id, { limit: shown }),
    getReturnOrigins(ctx, account.id),
    getTranslations('bindings'),
    getLocale(),
  ]);
  const { PUBLIC_URL, SIMULATOR_PORT } = env();
  const samples = samplesOf(PUBLIC_URL, account.id);
  const at = (when: string | null) =>
    when === null ? '—' : <time dateTime={when}>{formatDateTime(when, locale, account.timeZone)}</time>;
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <div className="grid grid-cols-1 gap-6">
        <Card title={t('try')} text={t('tryText')}>
          <TryBinding
            accountId={account.id}
            simulatorUrl={account.isDemo ? `http://127.0.0.1:${SIMULATOR_PORT}` : null}
          />
        </Card>
        <Card title={t('last')} text={t('lastText', { count: shown })}>
          {items.length === 0 ? (
            <p className="text-muted">{t('none')}</p>
          ) : (
            <Table caption={t('last')}>
              <TableHead>
                <Th>{t('user')}</Th>
                <Th>{t('stateName')}</Th>
                <Th>OpenID</Th>
                <Th>{t('scannedAt')}</Th>
                <Th>{t('madeAt')}</Th>
              </TableHead>
              <TableBody>
                {items.map((binding) => (
                  <Tr key={binding.id}>
                    <Td className="wrap-anywhere">{binding.externalUserId}</Td>
                    <Td name={t('stateName')}>
                      <BindingStateBadge state={binding.state} />
                    </Td>
                    <Td name="OpenID" className="font-mono text-sm">
                      {binding.openid ?? (binding.state === 'scanned' ? t('forgotten') : '—')}
                    </Td>
                    <Td name={t('scannedAt')}>{at(binding.scannedAt)}</Td>
                    <Td name={t('madeAt')}>{at(binding.createdAt)}</Td>
                  </Tr>
                ))}
              </TableBody>
            </Table>
          )}
        </Card>
        <Card title={t('code')} text={t('codeText')}>
          <div className="grid grid-cols-1 gap-5">
            <CodeSample title="curl" code={samples.curl} />
            <CodeSample title="fetch + EventSource" code={samples.browser} />
            <CodeSample title={t('webhook')} code={samples.webhook} />
          </div>
        </Card>
        {mayManage(ctx.actor) ? (
          <Card title={t('originsTitle')} text={t('originsText')}>
            <OriginsForm accountId={account.id} origins={origins} />
          </Card>
        ) : null}
      </div>
    </>
  );
}
