import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { isAppError } from '@/lib/errors';
import { describeError } from '@/lib/i18n/describe-error';
import { previewLink } from '@/lib/people/one-time-links';
import type { LinkPurpose } from '@/lib/people/types';
import { currentContext } from '@/lib/web/current-context';
import { currentDevice } from '@/lib/web/device';
import { type AuthField, AuthForm } from '../../_components/auth-form';
import { spendLinkAction } from '../../actions';

const fieldsOf: Record<LinkPurpose, readonly AuthField[]> = {
  first_run: ['email', 'name', 'newPassword'],
  invitation: ['name', 'newPassword'],
  password_reset: ['newPassword'],
  sign_in: [],
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('link.title') };
}

/** Says what a link is for and asks before anything is done: opening it, as chats and mail scanners do, spends nothing. */
export default async function LinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [t, errors] = await Promise.all([getTranslations('auth'), getTranslations('errors')]);
  const ctx = await currentContext();
  const found = await previewLink(ctx, token, await currentDevice()).catch((error: unknown) => {
    if (isAppError(error)) return error;
    throw error;
  });

  if (found === null || isAppError(found)) {
    return (
      <Card>
        <h1 className="mb-4 text-lg">{t('link.gone.title')}</h1>
        <Notice tone="warning">
          {found === null
            ? t('link.gone.text')
            : describeError(errors, { code: found.code, details: found.details })}
        </Notice>
        <Button asChild variant="secondary" className="mt-4 w-full">
          <Link href="/sign-in">{t('toSignIn')}</Link>
        </Button>
      </Card>
    );
  }

  const { purpose, person } = found;
  const who = { name: person?.name ?? '', email: person?.email ?? '' };
  return (
    <Card>
      <h1 className="text-lg">{t(`link.${purpose}.title`, who)}</h1>
      <p className="mt-1 mb-4 text-pretty text-muted">{t(`link.${purpose}.text`, who)}</p>
      {person ? (
        <p className="mb-4 rounded-md bg-sunken px-3 py-2 wrap-anywhere">
          <span className="block font-semibold">{person.name}</span>
          <span className="block text-sm text-muted">{person.email}</span>
        </p>
      ) : null}
      <AuthForm
        action={spendLinkAction}
        fields={fieldsOf[purpose]}
        hidden={{ token }}
        typed={purpose === 'invitation' ? { name: who.name } : {}}
        submitLabel={t(`link.${purpose}.submit`)}
      />
      <p className="mt-4 text-sm text-muted">{t('link.once')}</p>
    </Card>
  );
}
