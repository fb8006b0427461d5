import { Pencil, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { CodeSection } from '@/components/codes/code-section';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { StatusBadge } from '@/components/ui/status-badge';
import { getChannel } from '@/lib/channels/get-channel';
import { listChannelColumns } from '@/lib/channels/list-channel-columns';
import { listCodes } from '@/lib/codes/list-codes';
import { formatNumber } from '@/lib/i18n/format';
import { orNotFound } from '@/lib/web/page-context';
import { ScanPicture } from '../../_components/scan-picture';
import { pageAccount } from '../../page-account';
import { ArchiveChannelButton } from '../_components/archive-channel-button';
import { ChannelDialog } from '../_components/channel-dialog';

type Props = { params: Promise<{ channelId: string }> };

const SHOWN_CODES = 20;

const loadChannel = cache(async (channelId: string) => {
  const { ctx, account } = await pageAccount();
  return orNotFound(getChannel(ctx, account.id, channelId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadChannel((await params).channelId)).name };
}

export default async function ChannelPage({ params }: Props) {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const channel = await loadChannel((await params).channelId);
  const t = await getTranslations('channels');
  const common = await getTranslations('common.actions');
  const locale = await getLocale();
  const [codes, columnNames] = await Promise.all([
    listCodes(ctx, account.id, { channelId: channel.id, limit: SHOWN_CODES }),
    listChannelColumns(ctx, account.id),
  ]);
  const newCode = mayWrite && !channel.archivedAt && (
    <Button asChild>
      <Link href={`/codes/new?channelId=${channel.id}`} data-shortcut="create">
        <Plus aria-hidden />
        {t('detail.newCode')}
      </Link>
    </Button>
  );

  return (
    <>
      <PageHeader
        title={channel.name}
        text={[channel.number, channel.city, channel.region].filter(Boolean).join(' · ')}
        badge={channel.archivedAt ? <StatusBadge status="archived" /> : undefined}
        back={{ href: '/channels', label: t('title') }}
        action={
          mayWrite ? (
            <>
              <ChannelDialog
                accountId={account.id}
                channel={channel}
                columnNames={columnNames}
                trigger={
                  <Button variant="secondary">
                    <Pencil aria-hidden />
                    {common('edit')}
                  </Button>
                }
              />
              <ArchiveChannelButton channel={channel} />
              {newCode}
            </>
          ) : undefined
        }
      />
      {channel.archivedAt ? <Notice className="mb-6">{t('archivedNotice')}</Notice> : null}
      <div className="mb-6">
        <ScanPicture ctx={ctx} accountId={account.id} of={{ channelId: channel.id }} />
      </div>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_18rem]">
        <CodeSection
          codes={codes}
          title={t('detail.codes')}
          text={t('detail.codesText')}
          all={{
            href: `/codes?channelId=${channel.id}`,
            label: t('detail.allCodes', { count: channel.codeCount }),
          }}
          empty={{
            title: t('detail.noCodes'),
            text: t('detail.noCodesText'),
            action: newCode || undefined,
          }}
          now={now}
          timeZone={account.timeZone}
          hide={['channel', 'created']}
        />
        <Card title={t('detail.facts')}>
          <DescriptionList
            items={[
              { key: 'number', label: t('columns.number'), value: channel.number },
              { key: 'city', label: t('columns.city'), value: channel.city || '–' },
              { key: 'region', label: t('columns.region'), value: channel.region || '–' },
              { key: 'codes', label: t('columns.codes'), value: formatNumber(channel.codeCount, locale) },
              ...Object.entries(channel.columns).map(([name, value]) => ({
                key: `own ${name}`,
                label: name,
                value: value || '–',
              })),
            ]}
          />
        </Card>
      </div>
    </>
  );
}
