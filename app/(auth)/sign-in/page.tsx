import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { env } from '@/lib/env';
import { isStartLinkNeeded } from '@/lib/people/first-admin';
import { currentContext } from '@/lib/web/current-context';
import { safeNextPath } from '@/lib/web/next-path';
import { currentActor } from '@/lib/web/session';
import { AuthForm } from '../_components/auth-form';
import { SingleSignOnButton } from '../_components/single-sign-on-button';
import { signInAction } from '../actions';

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

const refusals = ['OidcUnverifiedEmail', 'OidcNotInvited', 'OidcOtherIdentity', 'OidcDisabled'] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signIn') };
}

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const { next, callbackUrl, error } = await searchParams;
  const { PUBLIC_URL, OIDC_ISSUER } = env();
  // next-auth names the way back as a whole address.
  const way = next ?? (typeof callbackUrl === 'string' ? callbackUrl.replace(PUBLIC_URL, '') : undefined);
  const nextPath = safeNextPath(way);
  if ((await currentActor()).kind === 'user') redirect(nextPath);

  const t = await getTranslations('auth');
  const needsLink = await isStartLinkNeeded(await currentContext());
  const refusal = refusals.find((each) => each === error) ?? (error ? 'other' : null);

  return (
    <Card>
      <h1 className="mb-4 text-lg">{t('signIn')}</h1>
      <div className="grid gap-4">
        {needsLink ? <Notice title={t('startLink.title')}>{t('startLink.text')}</Notice> : null}
        {refusal ? <Notice tone="error">{t(`refused.${refusal}`)}</Notice> : null}
        <AuthForm
          action={signInAction}
          fields={['email', 'password']}
          hidden={{ next: nextPath }}
          submitLabel={t('signIn')}
        />
        {OIDC_ISSUER ? (
          <>
            <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
              {t('or')}
            </p>
            <SingleSignOnButton next={nextPath} />
          </>
        ) : null}
        <p className="text-sm text-muted">{t('forgotten')}</p>
      </div>
    </Card>
  );
}
