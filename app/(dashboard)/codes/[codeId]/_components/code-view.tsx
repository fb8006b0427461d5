'use client';

import { Archive, ArchiveRestore, Pencil, RefreshCw } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useUndoable } from '@/components/form/use-undoable';
import { QrSymbol } from '@/components/symbol/qr-symbol';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import { Countdown } from '@/components/ui/countdown';
import { DescriptionList } from '@/components/ui/description-list';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { StatusBadge } from '@/components/ui/status-badge';
import { actionName, sceneText, shownStatus } from '@/lib/codes/format';
import type { AssignmentDto, CodeDto, SlotHistoryDto } from '@/lib/codes/types';
import { formatDateTime } from '@/lib/i18n/format';
import type { RepliesOfCodeDto } from '@/lib/replies/types';
import type { ChoosableTagDto } from '@/lib/tags/types';
import { RenewDialog } from '../../_components/renew-dialog';
import { archiveCodesAction, unarchiveCodesAction } from '../../actions';
import { AssignmentsCard } from './assignments-card';
import { CodeColumns } from './code-columns';
import { CodeFlags } from './code-flags';
import { CodeReply } from './code-reply';
import { CodeTags } from './code-tags';
import { EditCodeDialog } from './edit-code-dialog';
import { IssueNotice } from './issue-notice';
import { MissingUrl } from './missing-url';
import { type ChoosableDesign, PrintPanel } from './print-panel';
import { SlotCard, SlotGivenOnNotice } from './slot-card';
import { useLiveCode } from './use-live-code';
import { WeChatPicture } from './wechat-picture';

export function CodeView({
  code: initial,
  assignments,
  designs,
  columnNames,
  slot,
  replies,
  accountName,
  tags,
  now,
  timeZone,
  mayWrite,
}: {
  code: CodeDto;
  assignments: readonly AssignmentDto[];
  designs: readonly ChoosableDesign[];
  columnNames: readonly string[];
  slot: SlotHistoryDto;
  replies: RepliesOfCodeDto;
  accountName: string;
  /** Of the account. */
  tags: readonly ChoosableTagDto[];
  now: string;
  timeZone: string;
  mayWrite: boolean;
}) {
  const t = useTranslations('codes');
  const code = useLiveCode(initial);
  const status = shownStatus(code, now);
  const isPrintable = code.url !== null && (code.expiresAt === null || code.expiresAt > now);

  const facts = <FactsCard code={code} tags={tags} now={now} timeZone={timeZone} mayWrite={mayWrite} />;
  const others = (
    <>
      <AssignmentsCard
        code={code}
        assignments={assignments}
        now={now}
        timeZone={timeZone}
        mayWrite={mayWrite}
      />
      <CodeReply code={code} replies={replies} accountName={accountName} mayWrite={mayWrite} />
      <SlotCard code={code} slot={slot} now={now} timeZone={timeZone} mayWrite={mayWrite} />
      {isPrintable ? <WeChatPicture code={code} /> : null}
    </>
  );

  return (
    <>
      <PageHeader
        title={code.label}
        badge={<StatusBadge status={status} />}
        back={{ href: '/codes', label: t('title') }}
        action={mayWrite ? <HeadActions code={code} columnNames={columnNames} /> : undefined}
      />
      <div className="grid gap-4">
        {code.archivedAt ? <Notice>{t('archive.notice')}</Notice> : null}
        <SlotGivenOnNotice code={code} slot={slot} />
        {code.issuedAt === null ? (
          <IssueNotice code={code} now={now} timeZone={timeZone} mayWrite={mayWrite} />
        ) : null}
        {code.origin === 'imported' && code.url === null && code.issuedAt !== null ? (
          <MissingUrl code={code} mayAsk={mayWrite && (code.expiresAt === null || code.expiresAt > now)} />
        ) : null}
        {isPrintable && code.url ? (
          <PrintPanel
            code={code}
            url={code.url}
            timeZone={timeZone}
            designs={designs}
            facts={facts}
            others={others}
          />
        ) : (
          <NoPrint code={code} facts={facts} others={others} />
        )}
      </div>
    </>
  );
}

function HeadActions({ code, columnNames }: { code: CodeDto; columnNames: readonly string[] }) {
  const t = useTranslations('codes');
  const common = useTranslations('common.actions');
  const { pending, run } = useUndoable();
  const { label } = code;
  const input = { accountId: code.accountId, codeIds: [code.id] };
  const isArchived = code.archivedAt !== null;

  const archive = () =>
    run(
      isArchived
        ? {
            do: () => unarchiveCodesAction(input),
            undo: () => archiveCodesAction(input),
            sentence: t('archive.undone', { label }),
          }
        : {
            do: () => archiveCodesAction(input),
            undo: () => unarchiveCodesAction(input),
            sentence: t('archive.done', { label }),
          },
    );

  return (
    <>
      <EditCodeDialog
        code={code}
        columnNames={columnNames}
        trigger={
          <Button variant="secondary">
            <Pencil aria-hidden />
            {t('detail.edit')}
          </Button>
        }
      />
      {code.kind === 'temporary' && code.issuedAt !== null && !isArchived && code.renewedBy === null ? (
        <RenewDialog
          accountId={code.accountId}
          renewed={{ code }}
          trigger={
            <Button variant="secondary">
              <RefreshCw aria-hidden />
              {t('renew.action')}
            </Button>
          }
        />
      ) : null}
      {code.issuedAt === null && !isArchived ? null : (
        <Button variant="secondary" pending={pending} onClick={archive}>
          {isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          {isArchived ? common('restore') : common('archive')}
        </Button>
      )}
    </>
  );
}

/** Where the symbol will be, of the size that it will have. */
function NoPrint({ code, facts, others }: { code: CodeDto; facts: ReactNode; others: ReactNode }) {
  const t = useTranslations('print');
  return (
    <CodeColumns
      facts={facts}
      others={others}
      preview={
        <Card>
          <div className="grid place-items-center rounded-md border border-line bg-sunken p-4">
            <div className={cn('w-full max-w-88', code.url && 'opacity-40')}>
              <QrSymbol url={code.url} label={code.label} />
            </div>
          </div>
        </Card>
      }
      print={
        <Card title={t('title')}>
          <p className="text-muted">{code.url ? t('expired') : t('notIssued')}</p>
        </Card>
      }
    />
  );
}

function FactsCard({
  code,
  tags,
  now,
  timeZone,
  mayWrite,
}: {
  code: CodeDto;
  tags: readonly ChoosableTagDto[];
  now: string;
  timeZone: string;
  mayWrite: boolean;
}) {
  const t = useTranslations('codes');
  const tagging = useTranslations('tags.ofCode');
  const locale = useLocale();
  const show = (moment: string) => formatDateTime(moment, locale, timeZone);
  const scene = sceneText(code.scene);
  const items: { key: string; label: string; value: ReactNode }[] = [
    { key: 'kind', label: t('detail.kind'), value: t(`kind.${code.kind}`) },
    {
      key: 'expires',
      label: t('detail.expires'),
      value: code.expiresAt ? (
        <>
          <Countdown expiresAt={code.expiresAt} now={now} />
          <span className="block text-sm text-muted">
            {code.expiresAt > now
              ? t('detail.expiresAt', { when: show(code.expiresAt) })
              : t('detail.expiredAt', { when: show(code.expiresAt) })}
          </span>
        </>
      ) : code.kind === 'permanent' ? (
        t('never')
      ) : (
        '–'
      ),
    },
    ...[
      { key: 'renews', label: t('renew.predecessor'), linked: code.renews },
      { key: 'renewedBy', label: t('renew.successor'), linked: code.renewedBy },
    ].flatMap(({ key, label, linked }) =>
      linked === null
        ? []
        : [
            {
              key,
              label,
              value: (
                <Link href={`/codes/${linked.id}`} className="text-accent underline underline-offset-3">
                  {key === 'renewedBy' ? t('renew.successorText') : linked.label}
                </Link>
              ),
            },
          ],
    ),
    {
      key: 'channel',
      label: t('detail.channel'),
      value: code.channel ? (
        <>
          <Link href={`/channels/${code.channel.id}`} className="hover:text-accent hover:underline">
            {code.channel.name}
          </Link>
          <span className="block text-sm text-muted">
            {[code.channel.number, code.channel.city].filter(Boolean).join(' · ')}
          </span>
        </>
      ) : (
        <span className="text-muted">{t('noChannel')}</span>
      ),
    },
    {
      key: 'tags',
      label: tagging('label'),
      value: <CodeTags code={code} known={tags} mayWrite={mayWrite} />,
    },
    { key: 'scene', label: t('scene'), value: <Copied value={scene} what={t('scene')} /> },
    ...(code.url
      ? [{ key: 'url', label: t('detail.url'), value: <Copied value={code.url} what={t('detail.url')} /> }]
      : []),
    ...(code.ticket
      ? [
          {
            key: 'ticket',
            label: t('detail.ticket'),
            value: <Copied value={code.ticket} what={t('detail.ticket')} />,
          },
        ]
      : []),
    ...(code.origin === 'imported'
      ? [{ key: 'origin', label: t('imported.label'), value: <CodeFlags flags={code.flags} /> }]
      : []),
    {
      key: 'createdBy',
      label: t('detail.createdBy'),
      value: t('detail.createdByAt', { name: code.createdBy || '–', when: show(code.createdAt) }),
    },
    ...(code.issuedAt ? [{ key: 'issuedAt', label: t('detail.issuedAt'), value: show(code.issuedAt) }] : []),
  ];
  return (
    <Card title={t('detail.facts')}>
      <DescriptionList items={items} />
      <details className="mt-2 text-sm">
        <summary className="text-muted hover:text-ink">{t('detail.advanced')}</summary>
        <p className="mt-1">
          {t('detail.actionName')}: <code className="font-mono">{actionName(code)}</code>
        </p>
        <p className="mt-1 wrap-anywhere">
          ID: <code className="font-mono">{code.id}</code>
        </p>
      </details>
    </Card>
  );
}

function Copied({ value, what }: { value: string; what: string }) {
  return (
    <span className="flex items-start justify-between gap-2">
      <code className="min-w-0 font-mono text-sm leading-6 wrap-anywhere">{value}</code>
      <CopyButton value={value} what={what} className="-my-1.5 shrink-0" />
    </span>
  );
}
