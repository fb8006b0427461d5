import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { StoppedBanner } from '@/components/accounts/stopped-banner';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { RowLink } from '@/components/ui/row-link';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { formatNumber } from '@/lib/i18n/format';
import { getMarking } from '@/lib/tags/get-marking';
import { listTags } from '@/lib/tags/list-tags';
import { KeepFresh } from '../../batches/_components/keep-fresh';
import { pageAccount } from '../../page-account';
import { FailedFollowers } from './_components/failed-followers';
import { HoldNotice } from './_components/hold-notice';
import { MarkedFollowers } from './_components/marked-followers';
import { MarksSwitch } from './_components/marks-switch';
import { TagDialog } from './_components/tag-dialog';
import { TagMenu } from './_components/tag-menu';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tags'))('title') };
}

export default async function TagsPage() {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const t = await getTranslations('tags');
  const codes = await getTranslations('codes');
  const locale = await getLocale();
  const [tags, { hold, waiting, failures }] = await Promise.all([
    listTags(ctx, account.id),
    getMarking(ctx, account.id),
  ]);
  const failedOf = (id: string) =>
    failures.reduce((sum, { tagId, followers }) => (tagId === id ? sum + followers : sum), 0);
  const create = mayWrite ? (
    <TagDialog
      accountId={account.id}
      trigger={
        <Button data-shortcut="create">
          <Plus aria-hidden />
          {t('create')}
        </Button>
      }
    />
  ) : undefined;
  const header = (
    <PageHeader
      title={t('title')}
      text={t('text')}
      back={{ href: '/codes', label: codes('title') }}
      action={tags.length > 0 ? create : undefined}
    />
  );

  if (tags.length === 0) {
    return (
      <>
        {header}
        <EmptyState picture="codes" title={t('empty.title')} text={t('empty.text')} action={create} />
      </>
    );
  }
  return (
    <>
      {header}
      {account.stopped && tags.some(({ marksFollowers }) => marksFollowers) ? (
        <StoppedBanner stopped={account.stopped} timeZone={account.timeZone} />
      ) : null}
      {hold ? (
        <HoldNotice
          accountId={account.id}
          hold={hold}
          now={now}
          timeZone={account.timeZone}
          mayWrite={mayWrite}
        />
      ) : null}
      <Table caption={t('caption')}>
        <TableHead>
          <Th className="w-[34%]">{t('columns.name')}</Th>
          <Th align="end">{t('columns.codes')}</Th>
          <Th>{t('columns.marks')}</Th>
          <Th className="w-[30%]">{t('columns.followers')}</Th>
          {mayWrite ? (
            <Th className="w-12">
              <span className="sr-only">{t('columns.actions')}</span>
            </Th>
          ) : null}
        </TableHead>
        <TableBody>
          {tags.map((tag) => (
            <Tr key={tag.id}>
              <Td card="title" className="max-md:col-start-1 max-md:col-end-3">
                <RowLink href={`/codes?tagId=${tag.id}`}>{tag.name}</RowLink>
              </Td>
              <Td name={t('columns.codes')} align="end">
                {formatNumber(tag.codeCount, locale)}
              </Td>
              <Td name={t('columns.marks')} className="max-md:items-center">
                {mayWrite ? (
                  <MarksSwitch tag={tag} />
                ) : (
                  <Badge tone={tag.marksFollowers ? 'accent' : 'neutral'}>
                    {tag.marksFollowers ? t('marksOn') : t('marksOff')}
                  </Badge>
                )}
              </Td>
              <Td name={t('columns.followers')}>
                <MarkedFollowers tag={tag} waiting={waiting[tag.id] ?? 0} failed={failedOf(tag.id)} />
              </Td>
              {mayWrite ? (
                <Td card="menu" className="max-md:row-start-1">
                  <TagMenu tag={tag} />
                </Td>
              ) : null}
            </Tr>
          ))}
        </TableBody>
      </Table>
      {failures.length > 0 ? (
        <FailedFollowers
          accountId={account.id}
          failures={failures}
          timeZone={account.timeZone}
          mayWrite={mayWrite}
        />
      ) : null}
      <KeepFresh isMoving={hold === null && Object.keys(waiting).length > 0} />
    </>
  );
}
