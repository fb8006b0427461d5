'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import type { LinkDto } from '@/lib/people/types';
import { SecretOnce } from './secret-once';

/** A link that was just made, to be copied and handed on. */
export function LinkNotice({ link, name }: { link: LinkDto; name: string }) {
  const t = useTranslations('people.link');
  return (
    <div className="grid grid-cols-1 gap-3">
      <p className="text-pretty">
        {link.purpose === 'password_reset' ? t('resetText', { name }) : t('invitationText', { name })}
      </p>
      <Field label={t('label')} hint={t('hint')}>
        <SecretOnce value={link.url} what={t('what')} />
      </Field>
    </div>
  );
}
