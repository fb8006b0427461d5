import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { defaultTimeZone } from '@/lib/i18n/locales';
import { getProfile } from '@/lib/people/profile';
import { listOwnSessions } from '@/lib/people/sessions';
import { currentAccount } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { OwnSessions } from './_components/own-sessions';
import { PasswordForm } from './_components/password-form';
import { ProfileForm } from './_components/profile-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('profile') };
}

export default async function ProfilePage() {
  const ctx = await pageContext();
  const [profile, sessions, account, t, locale] = await Promise.all([
    getProfile(ctx),
    listOwnSessions(ctx),
    currentAccount(),
    getTranslations('people'),
    getLocale(),
  ]);

  return (
    <>
      <PageHeader title={t('profile.title')} text={t('profile.text')} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title={t('profile.self')} text={profile.email}>
          <ProfileForm name={profile.name} locale={locale} />
        </Card>
        <Card
          title={t('profile.password')}
          text={profile.hasPassword ? t('profile.passwordText') : t('profile.noPasswordText')}
        >
          <PasswordForm hasPassword={profile.hasPassword} email={profile.email} />
        </Card>
        <Card title={t('sessions.title')} text={t('sessions.ownText')} className="lg:col-span-2">
          <OwnSessions
            sessions={sessions}
            now={ctx.clock.now().toISOString()}
            timeZone={account?.timeZone ?? defaultTimeZone}
          />
        </Card>
      </div>
    </>
  );
}
