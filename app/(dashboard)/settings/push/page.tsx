import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { buttonClasses } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { DescriptionList } from '@/components/ui/description-list';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { env } from '@/lib/env';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import { listRelays } from '@/lib/relays/list-relays';
import { getPushSettings } from '@/lib/scans/push-settings';
import type { RecountDto } from '@/lib/scans/types';
import { pageContext } from '@/lib/web/page-context';
import { pushRefusals } from '@/lib/wechat';
import { pageAccount } from '../../page-account';
import { ForgetForm } from './_components/forget-form';
import { KeepingForm } from './_components/keeping-form';
import { RecountButtons } from './_components/recount-buttons';
import { SharingCard } from './_components/sharing-card';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('push'))('title') };
}

export default async function PushPage() {
  await pageContext('admin');
  const { ctx, account } = await pageAccount();
  const [push, relays, t, locale] = await Promise.all([
    getPushSettings(ctx, account.id),
    listRelays(ctx, account.id),
    getTranslations('push'),
    getLocale(),
  ]);
  const pushUrl = `${env().PUBLIC_URL}/api/wechat/${account.id}`;
  const at = (when: string) => <time dateTime={when}>{formatDateTime(when, locale, push.timeZone)}</time>;
  const isMoving = push.recounts.some(({ state }) => state === 'waiting' || state === 'running');

  const progressOf = ({ state, peopleDone, peopleTotal }: RecountDto) =>
    state === 'running'
      ? t('progress', {
          done: formatNumber(peopleDone, locale),
          total: peopleTotal === null ? '…' : formatNumber(peopleTotal, locale),
        })
      : t(`states.${state}`);
  const resultOf = ({ state, reason, differences, error }: RecountDto) => {
    if (state === 'failed') return error ?? '';
    if (state !== 'done' || differences === null) return '—';
    if (differences === 0) return t('same');
    return t(reason === 'replay' ? 'mended' : 'differ', { count: differences });
  };

  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <div className="grid gap-6">
        {push.hasPushToken ? null : (
          <Notice tone="warning" title={t('noTokenTitle')}>
            {t('noTokenText')}
          </Notice>
        )}
        {push.pushMode === 'plain' ? (
          <Notice tone="warning" title={t('plainTitle')}>
            {t('plainText')}
          </Notice>
        ) : null}
        <Card
          title={t('address')}
          text={t('addressText')}
          action={
            <Link
              href={`/settings/accounts/${account.id}`}
              className={buttonClasses({ variant: 'secondary', size: 'sm' })}
            >
              {t('toAccount')}
            </Link>
          }
        >
          <p className="mb-3 flex items-center gap-2 rounded-md bg-sunken px-3 py-1 font-mono wrap-anywhere">
            <span className="min-w-0 flex-1">{pushUrl}</span>
            <CopyButton value={pushUrl} what={t('addressName')} />
          </p>
          <DescriptionList
            items={[
              { key: 'mode', label: t('mode'), value: t(`modes.${push.pushMode}`) },
              {
                key: 'verified',
                label: t('verified'),
                value: push.verifiedAt ? at(push.verifiedAt) : t('notVerified'),
              },
              {
                key: 'received',
                label: t('received'),
                value: push.receivedAt ? at(push.receivedAt) : t('notReceived'),
              },
              { key: 'since', label: t('since'), value: push.countedSince ? at(push.countedSince) : '—' },
            ]}
          />
        </Card>
        <SharingCard
          relays={relays.filter(({ enabled }) => enabled)}
          appId={account.appId}
          mode={push.pushMode}
        />
        <Card title={t('refusals')} text={t('refusalsText', { count: 20 })}>
          {push.refusals.length === 0 ? (
            <p className="text-muted">{t('noRefusals')}</p>
          ) : (
            <Table caption={t('refusals')}>
              <TableHead>
                <Th>{t('when')}</Th>
                <Th>{t('cameAs')}</Th>
                <Th>{t('why')}</Th>
              </TableHead>
              <TableBody>
                {push.refusals.map(({ id, at: when, reason, cameAs }) => {
                  const known = pushRefusals.find((one) => one === reason);
                  return (
                    <Tr key={id}>
                      <Td name={t('when')} className="whitespace-nowrap">
                        {at(when)}
                      </Td>
                      <Td name={t('cameAs')}>{cameAs ? t(`modes.${cameAs}`) : '—'}</Td>
                      <Td name={t('why')}>{known ? t(`refusal.${known}`) : reason}</Td>
                    </Tr>
                  );
                })}
              </TableBody>
            </Table>
          )}
        </Card>
        <Card
          title={t('counts')}
          text={t('countsText')}
          action={<RecountButtons accountId={account.id} isMoving={isMoving} />}
        >
          {push.recounts.length === 0 ? null : (
            <Table caption={t('counts')}>
              <TableHead>
                <Th>{t('when')}</Th>
                <Th>{t('job')}</Th>
                <Th>{t('state')}</Th>
                <Th>{t('result')}</Th>
              </TableHead>
              <TableBody>
                {push.recounts.map((recount) => (
                  <Tr key={recount.id}>
                    <Td name={t('when')} className="whitespace-nowrap">
                      {at(recount.createdAt)}
                    </Td>
                    <Td name={t('job')}>{t(`reasons.${recount.reason}`)}</Td>
                    <Td name={t('state')}>{progressOf(recount)}</Td>
                    <Td name={t('result')}>{resultOf(recount)}</Td>
                  </Tr>
                ))}
              </TableBody>
            </Table>
          )}
        </Card>
        <Card title={t('keeping')} text={t('keepingText')}>
          <KeepingForm
            accountId={account.id}
            eventRetentionDays={push.eventRetentionDays}
            asksUserInfo={push.asksUserInfo}
          />
        </Card>
        <Card title={t('forget')} text={t('forgetText')}>
          <ForgetForm accountId={account.id} />
        </Card>
      </div>
    </>
  );
}
