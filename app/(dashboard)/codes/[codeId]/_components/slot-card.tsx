'use client';

import { Recycle } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { sceneText } from '@/lib/codes/format';
import type { CodeDto, SlotHistoryDto } from '@/lib/codes/types';
import { formatRelative, formatShortDateTime } from '@/lib/i18n/format';

/** Who has had the permanent slot; shown once there is more to say than "this code, always". */
export function SlotCard({
  code,
  slot: { holders, reusableAt },
  now,
  timeZone,
  mayWrite,
}: {
  code: CodeDto;
  slot: SlotHistoryDto;
  now: string;
  timeZone: string;
  mayWrite: boolean;
}) {
  const t = useTranslations('quotaRules.slot');
  const locale = useLocale();
  const show = (moment: string) => formatShortDateTime(moment, locale, timeZone, now);
  if (holders.length < 2 && reusableAt === null) return null;
  const isReusable = reusableAt !== null && reusableAt <= now;
  return (
    <Card title={t('title')} text={t('text', { scene: sceneText(code.scene) })}>
      <ol className="divide-y divide-line">
        {holders.toReversed().map(({ code: holder, fromAt, toAt }) => (
          <li key={`${holder.id} ${fromAt}`} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
            <div className="min-w-0 flex-1 basis-52">
              {holder.id === code.id ? (
                <span className="font-semibold wrap-anywhere">{holder.label}</span>
              ) : (
                <Link
                  href={`/codes/${holder.id}`}
                  className="font-semibold wrap-anywhere hover:text-accent hover:underline"
                >
                  {holder.label}
                </Link>
              )}
              <span className="block text-sm text-muted">
                {toAt === null
                  ? t('since', { from: show(fromAt) })
                  : t('period', { from: show(fromAt), to: show(toAt) })}
              </span>
            </div>
            {toAt === null ? <Badge tone="accent">{t('now')}</Badge> : null}
            {holder.isArchived ? <Badge>{t('archived')}</Badge> : null}
          </li>
        ))}
      </ol>
      {reusableAt === null ? null : (
        <div className="mt-3 grid justify-items-start gap-3">
          <p className="text-sm text-pretty text-muted">
            {isReusable
              ? t('reuseNow')
              : t('reuseFrom', {
                  when: show(reusableAt),
                  relative: formatRelative(Date.parse(reusableAt), Date.parse(now), locale),
                })}
          </p>
          {isReusable && mayWrite ? (
            <Button asChild variant="secondary" size="sm">
              <Link href={`/codes/new?slotOf=${code.id}`}>
                <Recycle aria-hidden />
                {t('reuse')}
              </Link>
            </Button>
          ) : null}
        </div>
      )}
    </Card>
  );
}

/** On an archived code whose slot another has by now. */
export function SlotGivenOnNotice({ code, slot: { holders } }: { code: CodeDto; slot: SlotHistoryDto }) {
  const t = useTranslations('quotaRules.slot');
  const holder = holders.find(({ toAt }) => toAt === null)?.code;
  if (!holder || holder.id === code.id) return null;
  return (
    <Notice tone="warning">
      {t.rich('givenOn', {
        label: holder.label,
        link: (label) => (
          <Link href={`/codes/${holder.id}`} className="text-accent underline underline-offset-3">
            {label}
          </Link>
        ),
      })}
    </Notice>
  );
}
