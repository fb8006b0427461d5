'use client';

import { Menu, X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { scrimClasses } from '@/components/ui/dialog';

/** The sidebar on a phone: comes from the left and goes when a page has been chosen. */
export function NavigationDrawer({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  const [open, setOpen] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes when the page changes, whatever it changes to
  useEffect(() => setOpen(false), [pathname]);

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button variant="quiet" size="icon" aria-label={t('openNavigation')}>
          <Menu aria-hidden />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={scrimClasses} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-[min(18rem,calc(100vw-3.5rem))] animate-slide-from-left border-r border-line bg-sunken"
        >
          <Dialog.Title className="sr-only">{t('navigation')}</Dialog.Title>
          {children}
          <Dialog.Close asChild>
            <Button
              variant="secondary"
              size="icon"
              aria-label={t('closeNavigation')}
              className="absolute top-3 -right-12"
            >
              <X aria-hidden />
            </Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
