import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { StatusBadge } from '@/components/ui/status-badge';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { listApiKeys } from '@/lib/api-keys/list-api-keys';
import { env } from '@/lib/env';
import { formatDate, formatRelative } from '@/lib/i18n/format';
import { defaultTimeZone } from '@/lib/i18n/locales';
import { currentAccount, currentAccounts } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { CreateApiKeyButton } from './_components/create-api-key-button';
import { RevokeApiKeyButton } from './_components/revoke-api-key-button';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('apiKeys'))('title') };
}

export default async function ApiKeysPage() {
  const ctx = await pageContext('admin');
  const [keys, accounts, account, t, people, locale] = await Promise.all([
    listApiKeys(ctx),
    currentAccounts(),
    currentAccount(),
    getTranslations('apiKeys'),
    getTranslations('people'),
    getLocale(),
  ]);
  const now = ctx.clock.now();
  const timeZone = account?.timeZone ?? defaultTimeZone;
  const nameOf = new Map(accounts.map(({ id, name }) => [id, name]));
  const columns = [t('key'), t('scope'), people('accounts'), t('created'), t('lastUsed')] as const;
  return (
    <>
      {/* Here and not in the empty state, which goes once there is a key: the dialog that shows it has to stay. */}
      <PageHeader
        title={t('title')}
        text={t('text')}
        action={
          <CreateApiKeyButton
            accounts={accounts.map(({ id, name }) => ({ id, name }))}
            publicUrl={env().PUBLIC_URL}
          />
        }
      />
      {keys.length === 0 ? (
        <EmptyState picture="people" title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <Table caption={t('title')}>
          <TableHead>
            {columns.map((column) => (
              <Th key={column}>{column}</Th>
            ))}
            <Th>
              <span className="sr-only">{t('actions')}</span>
            </Th>
          </TableHead>
          <TableBody>
            {keys.map((key) => (
              <Tr key={key.id}>
                <Td>
                  <div className="min-w-0">
                    <p className="font-semibold wrap-anywhere">{key.name}</p>
                    <p className="font-mono text-sm text-muted">{key.prefix}…</p>
                  </div>
                </Td>
                <Td name={columns[1]}>
                  {t(`scopeName.${key.scope}`)}
                  {key.seesOpenids ? (
                    <span className="block text-sm text-muted">{t('seesOpenids')}</span>
                  ) : null}
                </Td>
                <Td name={columns[2]}>
                  {key.allAccounts
                    ? people('allAccounts')
                    : key.accountIds.map((id) => nameOf.get(id) ?? '').join(people('listSeparator')) ||
                      people('noAccounts')}
                </Td>
                <Td name={columns[3]} className="text-muted">
                  {formatDate(key.createdAt, locale, timeZone)}
                </Td>
                <Td name={columns[4]} className="text-muted">
                  {key.lastUsedAt ? formatRelative(key.lastUsedAt, now, locale) : t('neverUsed')}
                </Td>
                <Td align="end">
                  {key.revokedAt ? (
                    <StatusBadge status="revoked" />
                  ) : (
                    <RevokeApiKeyButton apiKeyId={key.id} name={key.name} />
                  )}
                </Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
