import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge';
import { PageHeader } from '@/components/ui/page-header';
import { RowLink } from '@/components/ui/row-link';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { formatRelative } from '@/lib/i18n/format';
import { listPeople } from '@/lib/people/people';
import { currentAccounts } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { InvitePersonButton } from './_components/invite-person-button';
import { PersonStatus } from './_components/person-status';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('people'))('title') };
}

export default async function PeoplePage() {
  const ctx = await pageContext('admin');
  const [people, accounts, t, shell, locale] = await Promise.all([
    listPeople(ctx),
    currentAccounts(),
    getTranslations('people'),
    getTranslations('shell.role'),
    getLocale(),
  ]);
  const now = ctx.clock.now();
  const nameOf = new Map(accounts.map(({ id, name }) => [id, name]));
  const columns = [t('person'), t('role'), t('accounts'), t('status'), t('lastSeen')] as const;

  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        action={<InvitePersonButton accounts={accounts.map(({ id, name }) => ({ id, name }))} />}
      />
      <Table caption={t('title')}>
        <TableHead>
          {columns.map((column) => (
            <Th key={column}>{column}</Th>
          ))}
        </TableHead>
        <TableBody>
          {people.map((person) => (
            <Tr key={person.id}>
              <Td>
                <div className="min-w-0">
                  <p className="flex flex-wrap items-center gap-2">
                    <RowLink href={`/settings/people/${person.id}`}>{person.name}</RowLink>
                    {person.isSelf ? <Badge>{t('you')}</Badge> : null}
                  </p>
                  <p className="text-sm wrap-anywhere text-muted">{person.email}</p>
                </div>
              </Td>
              <Td name={columns[1]}>{shell(person.role)}</Td>
              <Td name={columns[2]}>
                {person.allAccounts
                  ? t('allAccounts')
                  : person.accountIds.map((id) => nameOf.get(id) ?? '').join(t('listSeparator')) ||
                    t('noAccounts')}
              </Td>
              <Td name={columns[3]}>
                <PersonStatus status={person.status} />
              </Td>
              <Td name={columns[4]} className="text-muted">
                {person.lastSeenAt ? formatRelative(person.lastSeenAt, now, locale) : t('never')}
              </Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
    </>
  );
}
