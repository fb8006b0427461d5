'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { StoppedBanner } from '@/components/accounts/stopped-banner';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Figure } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import type { StoppedDto } from '@/lib/accounts/types';
import type { BatchProgressDto } from '@/lib/batches/types';
import { formatNumber, formatPercent, formatShortDateTime } from '@/lib/i18n/format';
import { ResumableBanner } from '../../../settings/accounts/_components/resumable-banner';
import { BatchBadge } from '../../_components/batch-badge';
import { BatchBar } from '../../_components/batch-bar';
import { batchName, isMoving, shareDone, wantedOf } from '../../_components/batch-figures';
import { BatchActions } from './batch-actions';
import { BatchErrors } from './batch-errors';
import { useLiveBatch } from './use-live-batch';

export function BatchView({
  batch: initial,
  stopped,
  now,
  timeZone,
  mayWrite,
  mayManage,
}: {
  batch: BatchProgressDto;
  /** Why the account stands still. */
  stopped: StoppedDto | null;
  now: string;
  timeZone: string;
  mayWrite: boolean;
  mayManage: boolean;
}) {
  const t = useTranslations('batches');
  const codes = useTranslations('codes');
  const common = useTranslations('common');
  const locale = useLocale();
  const batch = useLiveBatch(initial);
  const name = batchName(t, batch);
  const share = formatPercent(shareDone(batch), locale);
  const moving = isMoving(batch);
  const title = `${moving ? t('movingTitle', { share, name }) : name} · ${common('productName')}`;

  useEffect(() => {
    document.title = title;
  }, [title]);

  const when = (at: string) => formatShortDateTime(at, locale, timeZone, now);
  const { pause } = batch;

  return (
    <>
      <PageHeader
        title={name}
        text={
          batch.campaign ? (
            <Link href={`/campaigns/${batch.campaign.id}`} className="underline underline-offset-3">
              {batch.campaign.name}
            </Link>
          ) : (
            t('noCampaign')
          )
        }
        badge={<BatchBadge batch={batch} />}
        back={{ href: '/batches', label: t('title') }}
        action={<BatchActions batch={batch} mayWrite={mayWrite} />}
      />
      {pause?.reason === 'accountStopped' && stopped ? (
        mayManage ? (
          <ResumableBanner accountId={batch.accountId} stopped={stopped} timeZone={timeZone} />
        ) : (
          <StoppedBanner stopped={stopped} timeZone={timeZone} />
        )
      ) : null}
      {pause?.reason === 'person' ? (
        <Notice
          tone="warning"
          className="mb-4"
          title={t('pausedBy', { name: pause.by, when: when(pause.at) })}
        >
          {t('pausedText')}
        </Notice>
      ) : null}
      {batch.state === 'cancelled' ? (
        <Notice className="mb-4" title={t('cancelledTitle')}>
          {t('cancelledText', { returned: batch.returned, reserved: batch.reserved })}
        </Notice>
      ) : null}
      {batch.total === 0 && batch.reused === 0 ? (
        <Notice className="mb-4">{t('allKnownText', { known: batch.known })}</Notice>
      ) : null}

      <div className="grid gap-4">
        <Card>
          <p className="mb-3 flex flex-wrap items-baseline gap-x-3" aria-live="off">
            <span className="text-2xl font-semibold">{share}</span>
            <span className="text-muted">
              {t('issuedOf', { issued: batch.issued, total: wantedOf(batch) })}
            </span>
            {moving ? <span className="text-muted sm:ml-auto">{pace()}</span> : null}
          </p>
          <BatchBar batch={batch} size="large" />
          {moving && batch.state !== 'paused' ? (
            <p className="mt-2 text-sm text-muted">{t('goesOn')}</p>
          ) : null}
          <div className="mt-5 grid grid-cols-2 gap-4 sm:grid-cols-4">
            {(batch.reused > 0
              ? (['issued', 'reserved', 'failed', 'reused'] as const)
              : (['issued', 'reserved', 'failed', 'returned'] as const)
            ).map((each) => (
              <Figure
                key={each}
                size="medium"
                label={t(`figures.${each}`)}
                value={formatNumber(batch[each], locale)}
              />
            ))}
          </div>
          {batch.reused > 0 ? (
            <p className="mt-4 text-sm">{t('reusedText', { reused: batch.reused })}</p>
          ) : null}
          {batch.known > 0 ? <p className="mt-4 text-sm">{t('knownText', { known: batch.known })}</p> : null}
        </Card>
        <BatchErrors errors={batch.lastErrors} timeZone={timeZone} />
        <Card title={t('facts.title')}>
          <DescriptionList
            items={[
              { key: 'kind', label: t('facts.kind'), value: codes(`kind.${batch.kind}`) },
              ...(batch.channel
                ? [
                    {
                      key: 'channel',
                      label: t('facts.channel'),
                      value: `${batch.channel.name} · ${batch.channel.number}`,
                    },
                  ]
                : []),
              ...(batch.labelTemplate
                ? [{ key: 'template', label: t('facts.template'), value: batch.labelTemplate }]
                : []),
              {
                key: 'created',
                label: t('facts.created'),
                value: `${batch.createdBy}, ${when(batch.createdAt)}`,
              },
              ...(batch.finishedAt
                ? [{ key: 'finished', label: t('facts.finished'), value: when(batch.finishedAt) }]
                : []),
            ]}
          />
        </Card>
      </div>
    </>
  );

  function pace(): string {
    const { issuedPerSecond, secondsLeft, state } = batch;
    if (state === 'paused') return t('standsStill');
    if (issuedPerSecond === null || secondsLeft === null) return t('waiting');
    const rate = formatNumber(issuedPerSecond, locale, issuedPerSecond < 10 ? 1 : 0);
    return t('pace', { rate, time: duration(secondsLeft) });
  }

  function duration(seconds: number): string {
    const minutes = Math.floor(seconds / 60);
    if (minutes >= 60) {
      return common('duration.hoursMinutes', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
    }
    if (minutes > 0) return common('duration.minutesSeconds', { minutes, seconds: seconds % 60 });
    return common('duration.seconds', { seconds });
  }
}
