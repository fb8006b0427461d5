'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import type { OutgoingAddressDto } from '@/lib/accounts/types';

const lookFromOutside = 'curl -4 https://ifconfig.me';

/** What can be known of the address that WeChat will see, and how to find the rest. */
export function OutgoingAddresses({ addresses }: { addresses: readonly OutgoingAddressDto[] }) {
  const t = useTranslations('accounts.addresses');
  const isKnown = addresses.some(({ isPublic }) => isPublic);
  return (
    <div className="grid gap-4">
      {addresses.length > 0 ? (
        <ul className="divide-y divide-line rounded-md border border-line">
          {addresses.map(({ address, isPublic }) => (
            <li key={address} className="flex items-center gap-3 px-3 py-1.5">
              <code className="min-w-0 flex-1 font-mono wrap-anywhere">{address}</code>
              <Badge tone={isPublic ? 'accent' : 'neutral'}>{isPublic ? t('public') : t('private')}</Badge>
              {isPublic ? <CopyButton value={address} what={address} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <Notice tone={isKnown ? 'info' : 'warning'} title={isKnown ? t('knownTitle') : t('unknownTitle')}>
        <p>{isKnown ? t('knownText') : t('unknownText')}</p>
        <p className="mt-2 flex flex-wrap items-center gap-2">
          <code className="rounded-sm bg-surface px-2 py-1 font-mono text-sm ring-1 ring-line ring-inset">
            {lookFromOutside}
          </code>
          <CopyButton value={lookFromOutside} what={t('command')} />
        </p>
        <p className="mt-2">{t('orJustTest')}</p>
      </Notice>
    </div>
  );
}
