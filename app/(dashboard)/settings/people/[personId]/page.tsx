import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { defaultTimeZone } from '@/lib/i18n/locales';
import { getPerson } from '@/lib/people/people';
import { listSessionsOf } from '@/lib/people/sessions';
import { currentAccount, currentAccounts } from '@/lib/web/current-account';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { AccessForm } from '../_components/access-form';
import { OpenidsSwitch } from '../_components/openids-switch';
import { PersonLinkButton } from '../_components/person-link-button';
import { PersonSessions } from '../_components/person-sessions';
import { PersonStatus } from '../_components/person-status';
import { RemovalCard } from '../_components/removal-card';

type Props = { params: Promise<{ personId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const person = await orNotFound(getPerson(await pageContext('admin'), (await params).personId));
  return { title: person.name };
}

export default async function PersonPage({ params }: Props) {
  const { personId } = await params;
  const ctx = await pageContext('admin');
  const person = await orNotFound(getPerson(ctx, personId));
  const [sessions, accounts, account, t] = await Promise.all([
    listSessionsOf(ctx, person.id),
    currentAccounts(),
    currentAccount(),
    getTranslations('people'),
  ]);

  return (
    <>
      <PageHeader
        back={{ href: '/settings/people', label: t('title') }}
        title={person.name}
        text={person.email}
        badge={<PersonStatus status={person.status} />}
        action={person.status === 'disabled' ? undefined : <PersonLinkButton person={person} />}
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title={t('access')} text={t('accessText')}>
          <AccessForm
            key={JSON.stringify(person)}
            person={person}
            accounts={accounts.map(({ id, name }) => ({ id, name }))}
          />
        </Card>
        <div className="grid gap-6">
          <Card title={t('openids.title')}>
            <OpenidsSwitch personId={person.id} seesOpenids={person.seesOpenids} />
          </Card>
          <Card title={t('sessions.title')} text={t('sessions.text')}>
            <PersonSessions
              personId={person.id}
              sessions={sessions}
              now={ctx.clock.now().toISOString()}
              timeZone={account?.timeZone ?? defaultTimeZone}
            />
          </Card>
          <RemovalCard person={person} />
        </div>
      </div>
    </>
  );
}
