'use client';

import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

/** Leaves for the organisation's own sign-in. */
export function SingleSignOnButton({ next }: { next: string }) {
  const t = useTranslations('auth');
  const [pending, setPending] = useState(false);
  const leave = async () => {
    setPending(true);
    await signIn('oidc', { callbackUrl: next });
  };
  return (
    <Button variant="secondary" className="w-full" pending={pending} onClick={leave}>
      {t('singleSignOn')}
    </Button>
  );
}
