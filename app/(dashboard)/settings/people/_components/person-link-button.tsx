'use client';

import { Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { LinkNotice } from '@/components/people/link-notice';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { LinkDto, PersonDto } from '@/lib/people/types';
import { createPersonLinkAction } from '../actions';

/** Makes a new link at a click and shows it this once. */
export function PersonLinkButton({ person }: { person: PersonDto }) {
  const t = useTranslations('people.link');
  const common = useTranslations('common.actions');
  const { sentenceOf } = useErrorSentences();
  const [link, setLink] = useState<LinkDto | null>(null);
  const [pending, startTransition] = useTransition();
  const make = () =>
    startTransition(async () => {
      const result = await createPersonLinkAction({ personId: person.id });
      if (result.ok) setLink(result.value);
      else notifyError(sentenceOf(result.error));
    });
  return (
    <>
      <Button variant="secondary" pending={pending} onClick={make}>
        <Link2 aria-hidden />
        {person.status === 'invited' ? t('newInvitation') : t('resetPassword')}
      </Button>
      <Dialog
        open={link !== null}
        onOpenChange={(open) => (open ? undefined : setLink(null))}
        title={t('title')}
        footer={
          <DialogClose asChild>
            <Button>{common('done')}</Button>
          </DialogClose>
        }
      >
        {link ? <LinkNotice link={link} name={person.name} /> : null}
      </Dialog>
    </>
  );
}
