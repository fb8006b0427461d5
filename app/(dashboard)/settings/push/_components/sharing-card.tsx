import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { buttonClasses } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Link } from '@/components/ui/link';
import type { PushMode } from '@/lib/accounts/types';
import type { RelayDto } from '@/lib/relays/types';

/** How one push address serves several systems: who gets what arrives here, and how another system may forward to here. */
export function SharingCard({
  relays,
  appId,
  mode,
}: {
  /** Those that are on. */
  relays: readonly Pick<RelayDto, 'name' | 'answers'>[];
  appId: string;
  /** The account's own. */
  mode: PushMode;
}) {
  const t = useTranslations('push');
  const answering = relays.find(({ answers }) => answers);
  return (
    <Card title={t('sharing')} text={t('sharingText')}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          <span className="font-semibold">{t('outward')}</span>{' '}
          <span className="text-muted">
            {relays.length === 0
              ? t('outwardNone')
              : t('outwardSome', {
                  count: relays.length,
                  answers: String(answering !== undefined),
                  name: answering?.name ?? '',
                })}
          </span>
        </p>
        <Link href="/settings/relays" className={buttonClasses({ variant: 'secondary', size: 'sm' })}>
          {t('toRelays')}
        </Link>
      </div>
      <details className="group mt-3 border-t border-line pt-3">
        <summary className="flex list-none items-center gap-1.5 font-semibold [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
          />
          {t('inward.title')}
        </summary>
        <p className="mt-2 max-w-prose text-sm text-pretty text-muted">{t('inward.text')}</p>
        <div className="mt-2">
          <DescriptionList
            items={[
              {
                key: 'unchanged',
                label: t('inward.unchanged'),
                value: t(`inward.unchangedText.${mode}`),
              },
              { key: 'signed', label: t('inward.signed'), value: t(`inward.signedText.${mode}`, { appId }) },
              { key: 'reply', label: t('inward.reply'), value: t('inward.replyText') },
              {
                key: 'refused',
                label: t('inward.refused'),
                value: t(`inward.refusedText.${mode}`),
              },
            ]}
          />
        </div>
      </details>
    </Card>
  );
}
