import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { StoppedBanner } from '@/components/accounts/stopped-banner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Figure } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { QuotaGauge } from '@/components/ui/quota-gauge';
import { Skeleton } from '@/components/ui/skeleton';
import { formatRanges } from '@/lib/accounts/format';
import { getAccount } from '@/lib/accounts/get-account';
import { formatDateTime, formatNumber, formatPercent } from '@/lib/i18n/format';
import { mayManage } from '@/lib/people/types';
import { getCallUsage, getQuotaCounts } from '@/lib/quota/get-quota';
import { getForecast, getQuotaUse } from '@/lib/quota/get-quota-use';
import { listThresholds } from '@/lib/quota/thresholds';
import { currentAccount } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { PendingApprovals } from '../_components/pending-approvals';
import { QuotaAlert } from '../_components/quota-alert';
import { ResumableBanner } from '../settings/accounts/_components/resumable-banner';
import { CallsCard } from './_components/calls-card';
import { ForecastCard } from './_components/forecast-card';
import { LedgerCheck } from './_components/ledger-check';
import { QuotaNav } from './_components/quota-nav';
import { SceneMap } from './_components/scene-map';
import { StateList } from './_components/state-list';
import { ThresholdsCard } from './_components/thresholds-card';
import { UseCard } from './_components/use-card';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quota'))('title') };
}

export default async function QuotaPage() {
  const ctx = await pageContext();
  const t = await getTranslations('quota');
  const locale = await getLocale();
  const current = await currentAccount();
  const manages = mayManage(ctx.actor);
  if (!current) {
    return (
      <>
        <PageHeader title={t('title')} text={t('text')} />
        <EmptyState
          picture="codes"
          title={t('empty.title')}
          text={t('empty.text')}
          action={
            manages ? (
              <Button asChild>
                <Link href="/settings/accounts/new">{t('empty.action')}</Link>
              </Button>
            ) : undefined
          }
        />
      </>
    );
  }
  const [account, counts, thresholds] = await Promise.all([
    getAccount(ctx, current.id),
    getQuotaCounts(ctx, current.id),
    listThresholds(ctx, current.id),
  ]);
  const isDeclared = account.externalDeclaredAt !== null;
  const isOverdrawn = counts.cap < counts.issued + counts.reserved + counts.external + counts.unlisted;
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        action={
          manages ? (
            <Button asChild variant="secondary">
              <Link href={`/settings/accounts/${account.id}`}>{t('settings')}</Link>
            </Button>
          ) : undefined
        }
      />
      <QuotaNav />
      {account.stopped && manages ? (
        <ResumableBanner accountId={account.id} stopped={account.stopped} timeZone={account.timeZone} />
      ) : account.stopped ? (
        <StoppedBanner stopped={account.stopped} timeZone={account.timeZone} />
      ) : null}
      <PendingApprovals ctx={ctx} accountId={account.id} className="mb-6" />
      <QuotaAlert ctx={ctx} accountId={account.id} linked={false} />
      {isDeclared ? null : (
        <Notice
          tone="warning"
          className="mb-6"
          title={t('undeclared.title')}
          action={
            manages ? (
              <Button asChild variant="secondary" size="sm">
                <Link href="/quota/external">{t('undeclared.action')}</Link>
              </Button>
            ) : undefined
          }
        >
          {manages ? t('undeclared.admin') : t('undeclared.others')}
        </Notice>
      )}
      <div className="grid gap-6">
        {manages && account.stopped?.code === 45029 ? (
          <Notice
            tone="warning"
            title={
              counts.remaining > 0
                ? t('unlisted.title', { remaining: formatNumber(counts.remaining, locale) })
                : t('unlisted.label')
            }
            action={
              <Button asChild variant="secondary" size="sm">
                <Link href="/quota/rules#unlisted">{t('unlisted.action')}</Link>
              </Button>
            }
          >
            {t('unlisted.text')}
          </Notice>
        ) : null}
        <Card>
          <div className="mb-5 grid gap-4 sm:grid-cols-[1fr_auto]">
            <Figure
              label={t('remaining')}
              value={formatNumber(counts.remaining, locale)}
              unit={t('ofCap', { cap: formatNumber(counts.cap, locale) })}
              note={isOverdrawn ? t('overdrawn') : t('remainingNote')}
            />
            {counts.cap > 0 ? (
              <Figure
                size="medium"
                label={t('spent')}
                value={formatPercent(Math.min(1, 1 - counts.remaining / counts.cap), locale)}
                className="sm:text-right"
              />
            ) : null}
          </div>
          <QuotaGauge counts={counts} />
          <StateList counts={counts} />
        </Card>
        <div className="grid gap-6 lg:grid-cols-2">
          <Suspense fallback={<Skeleton className="h-48 w-full rounded-lg" />}>
            <Forecast accountId={account.id} timeZone={account.timeZone} />
          </Suspense>
          <ThresholdsCard
            accountId={account.id}
            thresholds={thresholds}
            mayChange={manages}
            timeZone={account.timeZone}
          />
        </div>
        <Card id="map" title={t('map.title')} text={t('map.text')}>
          <SceneMap accountId={account.id} />
          <p className="mt-3 text-sm text-muted">
            {t('map.strings', {
              issued: formatNumber(counts.pools.string.issued, locale),
              reserved: formatNumber(counts.pools.string.reserved, locale),
              external: formatNumber(counts.pools.string.external, locale),
            })}
          </p>
        </Card>
        <Suspense fallback={<Skeleton className="h-72 w-full rounded-lg" />}>
          <Use accountId={account.id} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-40 w-full rounded-lg" />}>
          <Calls accountId={account.id} timeZone={account.timeZone} />
        </Suspense>
        <Card title={t('why.title')}>
          <div className="grid max-w-prose gap-2 text-pretty">
            <p>{t('why.noList')}</p>
            <p>{t('why.noDelete')}</p>
            <p>{t('why.spare')}</p>
          </div>
        </Card>
        <Card
          id="external"
          title={t('external.title')}
          text={
            account.externalDeclaredAt
              ? t('external.declaredAt', {
                  at: formatDateTime(account.externalDeclaredAt, locale, account.timeZone),
                  count: formatNumber(counts.external, locale),
                })
              : t('external.text')
          }
          action={
            <Button asChild variant="secondary" size="sm">
              <Link href="/quota/external">{manages ? t('external.enter') : t('external.show')}</Link>
            </Button>
          }
        >
          <p className="text-pretty text-muted">
            {account.ownRanges.length > 0
              ? t('external.own', { ranges: formatRanges(account.ownRanges) })
              : t('external.ownNone')}{' '}
            {account.ownPrefixes.length > 0
              ? t('external.prefixes', { prefixes: account.ownPrefixes.join(', ') })
              : null}
          </p>
        </Card>
        {manages ? (
          <Card title={t('check.title')} text={t('check.text')}>
            <LedgerCheck accountId={account.id} />
          </Card>
        ) : null}
      </div>
    </>
  );
}

async function Forecast({ accountId, timeZone }: { accountId: string; timeZone: string }) {
  const forecast = await getForecast(await pageContext(), accountId);
  return <ForecastCard forecast={forecast} timeZone={timeZone} />;
}

async function Use({ accountId }: { accountId: string }) {
  return <UseCard use={await getQuotaUse(await pageContext(), accountId)} />;
}

/** WeChat is asked for its own count, which may take a moment. */
async function Calls({ accountId, timeZone }: { accountId: string; timeZone: string }) {
  const usage = await getCallUsage(await pageContext(), accountId);
  return <CallsCard usage={usage} timeZone={timeZone} />;
}
