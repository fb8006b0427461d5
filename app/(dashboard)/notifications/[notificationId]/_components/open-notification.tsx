'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { openNotificationAction } from '../../actions';

/** Goes on by itself as soon as the page is there; the button is for when that fails. */
export function OpenNotification({
  notificationId,
  children,
}: {
  notificationId: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const begun = useRef(false);

  const open = () =>
    startTransition(async () => {
      const result = await openNotificationAction({ notificationId });
      if (result.ok) router.replace(result.value.href);
      else notifyError(sentenceOf(result.error));
    });

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    open();
  });

  return (
    <Button pending={pending} onClick={open}>
      {children}
    </Button>
  );
}
