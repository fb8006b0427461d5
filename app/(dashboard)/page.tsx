import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Countdown } from '@/components/ui/countdown';
import { EmptyState } from '@/components/ui/empty-state';
import { Figure } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { QuotaGauge } from '@/components/ui/quota-gauge';
import { StatusBadge } from '@/components/ui/status-badge';
import { listBatches } from '@/lib/batches/list-batches';
import { listCampaigns } from '@/lib/campaigns/list-campaigns';
import { listChannels } from '@/lib/channels/list-channels';
import { countCodes } from '@/lib/codes/count-codes';
import { shownStatus } from '@/lib/codes/format';
import { listCodes } from '@/lib/codes/list-codes';
import { listExpiringCodes } from '@/lib/codes/list-expiring-codes';
import { summariseCodes } from '@/lib/codes/summarise-codes';
import { formatNumber, formatRelative, formatShortDateTime } from '@/lib/i18n/format';
import { mayManage } from '@/lib/people/types';
import { getQuotaCounts } from '@/lib/quota/get-quota';
import { currentAccount } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { PendingApprovals } from './_components/pending-approvals';
import { QuotaAlert } from './_components/quota-alert';
import { BatchRows } from './_overview/batch-rows';
import { CodeRows } from './_overview/code-rows';
import { FirstSteps } from './_overview/first-steps';
import { ScansToday } from './_overview/scans-today';
import { pageAccount } from './page-account';

const EXPIRING_DAYS = 7;
const SHOWN_BATCHES = 4;
const expiringHref = `/codes?expiresWithinDays=${EXPIRING_DAYS}&sort=expiresAt&order=asc`;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') };
}

export default async function OverviewPage() {
  const ctx = await pageContext();
  if (!(await currentAccount())) return <NoAccount mayConnect={mayManage(ctx.actor)} />;
  return <Overview />;
}

async function NoAccount({ mayConnect }: { mayConnect: boolean }) {
  const t = await getTranslations('overview.noAccount');
  return (
    <EmptyState
      picture="codes"
      headingLevel={1}
      title={t('title')}
      text={mayConnect ? t('text') : t('ask')}
      action={
        mayConnect ? (
          <Button asChild>
            <Link href="/settings/accounts/new">{t('action')}</Link>
          </Button>
        ) : undefined
      }
    />
  );
}

async function Overview() {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const t = await getTranslations('overview');
  const codesText = await getTranslations('codes');
  const batchesText = await getTranslations('batches');
  const locale = await getLocale();
  const [quota, summary, expiring, ending, recent, failed, waiting, campaigns, channels, ...moving] =
    await Promise.all([
      getQuotaCounts(ctx, account.id),
      summariseCodes(ctx, account.id),
      listExpiringCodes(ctx, account.id, { withinDays: EXPIRING_DAYS, limit: 6 }),
      countCodes(ctx, account.id, { expiresWithinDays: EXPIRING_DAYS }),
      listCodes(ctx, account.id, { limit: 6 }),
      listCodes(ctx, account.id, { status: 'failed', limit: 6 }),
      listCodes(ctx, account.id, { status: 'reserved', limit: 6 }),
      listCampaigns(ctx, account.id, { limit: 1, archived: 'include' }),
      listChannels(ctx, account.id, { limit: 1, archived: 'include' }),
      ...(['issuing', 'queued', 'paused'] as const).map((state) =>
        listBatches(ctx, account.id, { state, limit: SHOWN_BATCHES }),
      ),
    ]);
  const batches = moving.flatMap(({ items }) => items).slice(0, SHOWN_BATCHES);
  // A code that waits without a refusal needs nobody: it is being asked for.
  const attention = [...failed.items, ...waiting.items.filter(({ error }) => error !== null)].slice(0, 6);
  const isFresh = recent.items.length === 0 && quota.issued + quota.reserved + summary.reserved === 0;

  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        action={
          mayWrite && !isFresh ? (
            <Button asChild>
              <Link href="/codes/new" data-shortcut="create">
                <Plus aria-hidden />
                {codesText('create')}
              </Link>
            </Button>
          ) : undefined
        }
      />
      <QuotaAlert ctx={ctx} accountId={account.id} />
      <div className="grid gap-4">
        {mayManage(ctx.actor) ? <PendingApprovals ctx={ctx} accountId={account.id} /> : null}
        {account.stopped ? (
          <Notice
            tone="warning"
            title={t('stopped.title')}
            action={<NoticeLink href={`/settings/accounts/${account.id}`}>{t('stopped.link')}</NoticeLink>}
          >
            <p className="wrap-anywhere">{account.stopped.message}</p>
            {account.stopped.until ? (
              <p>
                {t('stopped.until', {
                  when: formatShortDateTime(account.stopped.until, locale, account.timeZone, now),
                })}
              </p>
            ) : null}
          </Notice>
        ) : null}
        {account.externalDeclaredAt === null ? (
          <Notice
            tone="warning"
            title={t('undeclared.title')}
            action={<NoticeLink href="/quota/external">{t('undeclared.link')}</NoticeLink>}
          >
            {t('undeclared.text')}
          </Notice>
        ) : null}

        {isFresh ? null : <ScansToday ctx={ctx} accountId={account.id} />}

        <Card>
          <div className="grid gap-x-10 gap-y-6 md:grid-cols-[minmax(14rem,auto)_1fr]">
            <div>
              <Figure
                label={t('quota')}
                value={formatNumber(quota.remaining, locale)}
                note={t('quotaNote', { cap: quota.cap })}
              />
              <Link
                href="/quota"
                className="mt-1 inline-block text-sm text-accent underline underline-offset-3"
              >
                {t('quotaLink')}
              </Link>
            </div>
            <div className="grid content-between gap-4">
              <QuotaGauge counts={quota} legend={false} />
              <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
                <Figure
                  size="medium"
                  label={t('figures.permanent')}
                  value={formatNumber(quota.issued, locale)}
                />
                <Figure
                  size="medium"
                  label={t('figures.temporary')}
                  value={formatNumber(summary.temporaryLiving, locale)}
                />
                <Figure
                  size="medium"
                  label={t('figures.reserved')}
                  value={formatNumber(summary.reserved, locale)}
                />
                <Figure
                  size="medium"
                  label={t('figures.failed')}
                  value={formatNumber(summary.failed, locale)}
                />
              </div>
            </div>
          </div>
        </Card>

        {isFresh && mayWrite ? (
          <FirstSteps
            done={{ campaign: campaigns.items.length > 0, channel: channels.items.length > 0, code: false }}
          />
        ) : null}

        {batches.length > 0 ? (
          <Card
            title={batchesText('overview.title')}
            action={<CardLink href="/batches">{batchesText('overview.all')}</CardLink>}
          >
            <BatchRows batches={batches} />
          </Card>
        ) : null}

        {attention.length > 0 ? (
          <Card
            title={t('attention.title')}
            text={t('attention.text')}
            action={
              summary.failed > 0 ? (
                <CardLink href="/codes?status=failed">{t('attention.all')}</CardLink>
              ) : null
            }
          >
            <CodeRows codes={attention} aside={(code) => <StatusBadge status={shownStatus(code, now)} />} />
          </Card>
        ) : null}

        {isFresh ? null : (
          <div className="grid items-start gap-4 md:grid-cols-2">
            <Card
              title={t('expiring.title')}
              text={t('expiring.text')}
              action={
                expiring.length > 0 ? (
                  <CardLink href={expiringHref}>{t(mayWrite ? 'expiring.renew' : 'expiring.all')}</CardLink>
                ) : null
              }
            >
              {expiring.length === 0 ? (
                <p className="text-muted">{t('expiring.none')}</p>
              ) : (
                <>
                  <p className="mb-1 font-semibold">
                    {t('expiring.count', {
                      days: EXPIRING_DAYS,
                      count: ending.count,
                      isExact: String(ending.isExact),
                    })}
                  </p>
                  <CodeRows
                    codes={expiring}
                    aside={({ expiresAt, renewedBy }) =>
                      expiresAt && (
                        <>
                          <Countdown expiresAt={expiresAt} now={now} />
                          {renewedBy ? (
                            <span className="block text-muted">{codesText('renew.successor')}</span>
                          ) : null}
                        </>
                      )
                    }
                  />
                </>
              )}
            </Card>
            <Card title={t('recent.title')} action={<CardLink href="/codes">{t('recent.all')}</CardLink>}>
              <CodeRows
                codes={recent.items}
                aside={({ createdAt }) => (
                  <span className="text-muted">{formatRelative(createdAt, now, locale)}</span>
                )}
              />
            </Card>
          </div>
        )}
      </div>
    </>
  );
}

function CardLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-sm text-accent underline underline-offset-3">
      {children}
    </Link>
  );
}

function NoticeLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button asChild variant="secondary" size="sm">
      <Link href={href}>{children}</Link>
    </Button>
  );
}
